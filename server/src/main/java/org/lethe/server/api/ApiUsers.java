package org.lethe.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Account;
import org.lethe.account.AccountChange;
import org.lethe.account.AccountId;
import org.lethe.account.AccountPage;
import org.lethe.account.AccountQuery;
import org.lethe.account.Action;
import org.lethe.account.Directory;
import org.lethe.account.Facets;
import org.lethe.account.Group;
import org.lethe.account.NewAccount;
import org.lethe.error.InputException;
import org.lethe.server.security.Me;
import org.lethe.server.users.UserService;
import org.lethe.server.users.UserView;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts of both directories. Superusers are made, and passwords set, in the browser alone. */
@RestController
@RequestMapping(ApiUsers.PATH)
@Tag(name = "users", description = "Accounts, and what they may do")
final class ApiUsers {

  static final String PATH = "/api/v1/users";

  private static final Map<String, AccountQuery.Order> ORDERS =
      Map.of(
          "login", AccountQuery.Order.LOGIN,
          "name", AccountQuery.Order.NAME,
          "email", AccountQuery.Order.EMAIL,
          "joined", AccountQuery.Order.JOINED,
          "last_login", AccountQuery.Order.LAST_LOGIN);

  private final UserService users;

  ApiUsers(UserService users) {
    this.users = users;
  }

  /** A place where accounts are kept. */
  record Place(String name) {}

  /** An account with what it may do and belongs to. */
  record Whole(ApiAccount account, List<ApiGroup> groups, List<Granted> permissions) {

    static Whole of(UserView view) {
      String directory = view.account().id().directory();
      return new Whole(
          ApiAccount.of(view.account()),
          view.groups().stream().map(g -> ApiGroup.of(directory, g)).toList(),
          view.granted().stream()
              .map(
                  g ->
                      new Granted(
                          g.permission(),
                          view.groups().stream()
                              .filter(in -> in.name().equals(g.group()))
                              .map(Group::key)
                              .findFirst()
                              .orElse(null)))
              .toList());
    }
  }

  /**
   * A permission.
   *
   * @param group through which it is had; null where it is the account's own
   */
  record Granted(String permission, @Nullable String group) {}

  /** What a new account is made from. */
  record Made(
      @Schema(description = "lethe or app; lethe if it is left out") @Nullable String directory,
      @Nullable String login,
      @Nullable String name,
      @Nullable String email,
      @Schema(description = "none: it cannot sign in with one yet") @Nullable String password,
      @Nullable Boolean staff,
      @Nullable Boolean superuser) {

    /** Without the password: this may reach a log. */
    @Override
    public String toString() {
      return "a new account";
    }
  }

  /** What becomes something else; what is left out stays. */
  record Changed(
      @Nullable String login,
      @Nullable String name,
      @Nullable String email,
      @Nullable Boolean staff,
      @Nullable Boolean superuser) {}

  /** Keys of groups. */
  record Groups(@Nullable List<String> groups) {}

  /** Such as {@code view:post}. */
  record Permissions(@Nullable List<String> permissions) {}

  @GetMapping("/directories")
  @Needs(Action.USERS)
  @Operation(summary = "Where accounts are kept: Lethe's own, and the application's")
  Items<Place> directories(Me me) {
    return new Items<>(
        users.directories(me).stream().map(Directory::name).map(Place::new).toList(), null);
  }

  @GetMapping
  @Needs(Action.USERS)
  @Operation(summary = "Accounts of a directory, searched and sorted")
  Items<ApiAccount> list(
      @RequestParam(defaultValue = AccountId.OWN) String directory,
      @RequestParam(defaultValue = "") String q,
      @Parameter(description = "active or deactivated") @RequestParam(required = false)
          @Nullable String state,
      @Parameter(description = "staff or superuser") @RequestParam(required = false)
          @Nullable String role,
      @Parameter(description = "key of a group") @RequestParam(required = false)
          @Nullable String group,
      @Parameter(description = "login, name, email, joined or last_login; downwards with -")
          @RequestParam(defaultValue = "login")
          String sort,
      @RequestParam(defaultValue = Items.USUAL) int limit,
      @RequestParam(required = false) @Nullable String after,
      Me me) {
    AccountQuery query =
        sorted(narrowed(q, state, role, group), sort)
            .limit(Items.limit(limit))
            .after(after == null || after.isEmpty() ? null : after);
    AccountPage page = users.list(me, directory, query);
    return new Items<>(page.accounts().stream().map(ApiAccount::of).toList(), page.next());
  }

  @GetMapping("/counts")
  @Needs(Action.USERS)
  @Operation(summary = "How many accounts each further choice would leave")
  Facets counts(
      @RequestParam(defaultValue = AccountId.OWN) String directory,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String role,
      @RequestParam(required = false) @Nullable String group,
      Me me) {
    return users.facets(me, directory, narrowed(q, state, role, group));
  }

  private static AccountQuery narrowed(
      String q, @Nullable String state, @Nullable String role, @Nullable String group) {
    oneOf("state", state, List.of("active", "deactivated"));
    oneOf("role", role, List.of("staff", "superuser"));
    return AccountQuery.ALL
        .text(q)
        .active(state == null ? null : state.equals("active"))
        .staff("staff".equals(role) ? Boolean.TRUE : null)
        .superuser("superuser".equals(role) ? Boolean.TRUE : null)
        .group(group);
  }

  static void oneOf(String name, @Nullable String value, List<String> known) {
    if (value != null && !known.contains(value)) {
      throw new InputException("%s is one of %s".formatted(name, String.join(", ", known)));
    }
  }

  private static AccountQuery sorted(AccountQuery query, String sort) {
    boolean down = sort.startsWith("-");
    AccountQuery.Order order = ORDERS.get(down ? sort.substring(1) : sort);
    if (order == null) {
      throw new InputException(
          "sort is one of login, name, email, joined, last_login; with - in front it goes downwards");
    }
    return query.order(order, down);
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Needs(Action.USERS)
  @Operation(summary = "Makes an account")
  ResponseEntity<ApiAccount> create(@RequestBody Made made, Me me) {
    Account account =
        users.create(
            me,
            made.directory() == null ? AccountId.OWN : made.directory(),
            new NewAccount(
                text(made.login()),
                text(made.name()),
                text(made.email()).isEmpty() ? null : text(made.email()),
                made.password() == null || made.password().isEmpty() ? null : made.password(),
                Boolean.TRUE.equals(made.staff()),
                Boolean.TRUE.equals(made.superuser())));
    return ResponseEntity.created(URI.create(PATH + "/" + account.id().text()))
        .body(ApiAccount.of(account));
  }

  private static String text(@Nullable String typed) {
    return typed == null ? "" : typed.strip();
  }

  @GetMapping("/{id:[a-z]+:.+}")
  @Needs(Action.USERS)
  @Operation(summary = "An account with its groups and permissions")
  Whole account(@PathVariable String id, Me me) {
    return Whole.of(users.view(me, id));
  }

  @PatchMapping("/{id:[a-z]+:.+}")
  @Needs(Action.USERS)
  @Operation(summary = "Changes an account; what is left out stays")
  ApiAccount change(@PathVariable String id, @RequestBody Changed changed, Me me) {
    return ApiAccount.of(
        users.change(
            me,
            id,
            new AccountChange(
                changed.login(),
                changed.name(),
                changed.email(),
                changed.staff(),
                changed.superuser())));
  }

  @PutMapping("/{id:[a-z]+:.+}/groups")
  @Needs({Action.USERS, Action.PERMISSIONS})
  @Operation(summary = "Says which groups an account is in")
  Whole groups(@PathVariable String id, @RequestBody Groups wanted, Me me) {
    both(me);
    users.setGroups(me, id, given("groups", wanted.groups()));
    return account(id, me);
  }

  @PutMapping("/{id:[a-z]+:.+}/permissions")
  @Needs({Action.USERS, Action.PERMISSIONS})
  @Operation(summary = "Says what an account may do by itself, beside what its groups may")
  Whole permissions(@PathVariable String id, @RequestBody Permissions wanted, Me me) {
    both(me);
    users.setPermissions(me, id, String.join("\n", given("permissions", wanted.permissions())));
    return account(id, me);
  }

  /** Before it is told what is wrong with a body, it is asked whether anything may be told. */
  static void both(Me me) {
    me.require(Action.USERS);
    me.require(Action.PERMISSIONS);
  }

  /** An empty list takes all away, so that one has to be there. */
  static List<String> given(String name, @Nullable List<String> list) {
    if (list == null) {
      throw new InputException("the body needs %s; an empty list takes all away".formatted(name));
    }
    return list;
  }
}
