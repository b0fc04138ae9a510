package org.lethe.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.account.AccountId;
import org.lethe.account.Action;
import org.lethe.account.Group;
import org.lethe.server.security.Me;
import org.lethe.server.users.GroupView;
import org.lethe.server.users.UserService;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Groups, and what their accounts may do. */
@RestController
@RequestMapping(ApiGroups.PATH)
@Tag(name = "groups", description = "Groups, and what their accounts may do")
final class ApiGroups {

  static final String PATH = "/api/v1/groups";

  private final UserService users;

  ApiGroups(UserService users) {
    this.users = users;
  }

  /** What a new group is made from. */
  record Made(@Nullable String directory, @Nullable String name) {}

  /** A group as it is to be. */
  record Wanted(@Nullable String name, @Nullable List<String> permissions) {}

  /** A group with what its accounts may do. */
  record Whole(ApiGroup group, List<String> permissions) {

    static Whole of(GroupView view) {
      return new Whole(ApiGroup.of(view.directory(), view.group()), view.permissions());
    }
  }

  @GetMapping
  @Needs(Action.USERS)
  @Operation(summary = "Groups of a directory; their accounts are found by /users?group=KEY")
  Items<ApiGroup> list(
      @RequestParam(defaultValue = AccountId.OWN) String directory,
      @RequestParam(defaultValue = Items.USUAL) int limit,
      @RequestParam(required = false) @Nullable String after,
      Me me) {
    return Items.within(
        users.groups(me, directory).stream().map(g -> ApiGroup.of(directory, g)).toList(),
        limit,
        after,
        ApiGroup::key);
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Needs({Action.USERS, Action.PERMISSIONS})
  @Operation(summary = "Makes a group that may do nothing yet")
  ResponseEntity<ApiGroup> create(@RequestBody Made made, Me me) {
    String directory = made.directory() == null ? AccountId.OWN : made.directory();
    Group group = users.createGroup(me, directory, made.name() == null ? "" : made.name());
    return ResponseEntity.created(URI.create("%s/%s/%s".formatted(PATH, directory, group.key())))
        .body(ApiGroup.of(directory, group));
  }

  @GetMapping("/{directory}/{key}")
  @Needs(Action.USERS)
  @Operation(summary = "A group with what its accounts may do")
  Whole group(@PathVariable String directory, @PathVariable String key, Me me) {
    return Whole.of(users.group(me, directory, key));
  }

  @PutMapping("/{directory}/{key}")
  @Needs({Action.USERS, Action.PERMISSIONS})
  @Operation(
      summary = "Says what the accounts of a group may do, and renames it if a name is given")
  Whole change(
      @PathVariable String directory, @PathVariable String key, @RequestBody Wanted wanted, Me me) {
    ApiUsers.both(me);
    users.changeGroup(
        me,
        directory,
        key,
        wanted.name() == null ? "" : wanted.name(),
        String.join("\n", ApiUsers.given("permissions", wanted.permissions())));
    return group(directory, key, me);
  }

  @DeleteMapping("/{directory}/{key}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Needs({Action.USERS, Action.PERMISSIONS})
  @Operation(summary = "Deletes a group; its accounts stay")
  void delete(@PathVariable String directory, @PathVariable String key, Me me) {
    users.deleteGroup(me, directory, key);
  }
}
