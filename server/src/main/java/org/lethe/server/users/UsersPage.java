package org.lethe.server.users;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Ability;
import org.lethe.account.Account;
import org.lethe.account.AccountId;
import org.lethe.account.AccountPage;
import org.lethe.account.AccountQuery;
import org.lethe.account.Action;
import org.lethe.account.Directory;
import org.lethe.account.Facets;
import org.lethe.account.Group;
import org.lethe.account.NewAccount;
import org.lethe.csv.CsvLines;
import org.lethe.server.audit.Downloads;
import org.lethe.server.list.Facet;
import org.lethe.server.list.ListQuery;
import org.lethe.server.list.Slice;
import org.lethe.server.security.Me;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** All accounts, and where new ones are made. */
@Controller
@RequestMapping("/users")
final class UsersPage {

  private static final Map<String, AccountQuery.Order> ORDERS =
      Map.of(
          "login", AccountQuery.Order.LOGIN,
          "name", AccountQuery.Order.NAME,
          "email", AccountQuery.Order.EMAIL,
          "joined", AccountQuery.Order.JOINED,
          "last_login", AccountQuery.Order.LAST_LOGIN);

  private static final Set<String> FACETS = Set.of("in", "state", "role", "group");
  private static final int CSV_PAGE = 1000;

  private final UserService users;
  private final Downloads downloads;

  UsersPage(UserService users, Downloads downloads) {
    this.users = users;
    this.downloads = downloads;
  }

  @GetMapping
  String list(@RequestParam MultiValueMap<String, String> parameters, Me me, Model model) {
    ListQuery query = ListQuery.of("/users", parameters, FACETS, ORDERS.keySet());
    Directory directory = directory(me, query);
    AccountQuery wanted = wanted(query);
    AccountPage page = users.list(me, directory.name(), wanted);
    model.addAttribute("query", query);
    model.addAttribute("slice", new Slice<>(page.accounts(), page.next()));
    model.addAttribute(
        "facets",
        facets(me, query, users.facets(me, directory.name(), wanted.after(null)), directory));
    model.addAttribute("mapped", Mapped.of(directory));
    model.addAttribute("mayDeactivate", me.may(Action.DEACTIVATE));
    model.addAttribute("mayCreate", directory.can(Ability.CREATE));
    model.addAttribute("directory", directory.name());
    return "users/users";
  }

  private Directory directory(Me me, ListQuery query) {
    List<Directory> all = users.directories(me);
    return all.stream()
        .filter(d -> d.name().equals(query.filter("in")))
        .findFirst()
        .orElse(all.get(0));
  }

  private static AccountQuery wanted(ListQuery query) {
    @Nullable String state = query.filter("state");
    @Nullable String role = query.filter("role");
    AccountQuery.Order order =
        ORDERS.getOrDefault(
            query.sort() == null ? "login" : query.sort(), AccountQuery.Order.LOGIN);
    return AccountQuery.ALL
        .text(query.text())
        .active(state == null ? null : !state.equals("deactivated"))
        .staff("staff".equals(role) ? Boolean.TRUE : null)
        .superuser("superuser".equals(role) ? Boolean.TRUE : null)
        .group(query.filter("group"))
        .order(order, query.descending())
        .after(query.after());
  }

  private List<Facet> facets(Me me, ListQuery query, Facets counts, Directory directory) {
    List<Facet> facets = new ArrayList<>();
    List<Directory> all = users.directories(me);
    if (all.size() > 1) {
      List<Facet.Choice> places = new ArrayList<>();
      for (Directory place : all) {
        places.add(
            new Facet.Choice(
                place.name().equals(AccountId.OWN) ? "Lethe" : "the application",
                null,
                place == directory,
                new ListQuery("/users", query.text(), Map.of("in", place.name()), null, false, null)
                    .address()));
      }
      facets.add(new Facet("in", "Accounts of", places));
    }
    facets.add(
        Facet.of(
            query,
            "state",
            "State",
            List.of(
                new Facet.Value("active", "active", counts.active()),
                new Facet.Value("deactivated", "deactivated", counts.deactivated()))));
    List<Facet.Value> roles = new ArrayList<>();
    if (directory.can(Ability.STAFF)) {
      roles.add(new Facet.Value("staff", "staff", counts.staff()));
    }
    if (directory.can(Ability.SUPERUSER)) {
      roles.add(new Facet.Value("superuser", "superuser", counts.superusers()));
    }
    if (!roles.isEmpty()) {
      facets.add(Facet.of(query, "role", "Role", roles));
    }
    if (directory.can(Ability.GROUPS)) {
      List<Facet.Value> groups = new ArrayList<>();
      for (Group group : directory.groups()) {
        groups.add(new Facet.Value(group.key(), group.name(), counts.group(group.key())));
      }
      facets.add(Facet.of(query, "group", "Group", groups));
    }
    return facets;
  }

  @GetMapping(params = "format=csv")
  void csv(
      @RequestParam MultiValueMap<String, String> parameters, Me me, HttpServletResponse response)
      throws IOException {
    ListQuery query = ListQuery.of("/users", parameters, FACETS, ORDERS.keySet());
    Directory directory = directory(me, query);
    downloads.record(me, "accounts of " + directory.name(), "csv", query.narrowed());
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"users.csv\"");
    CsvLines lines = new CsvLines(response.getOutputStream());
    lines.line(
        List.of(
            "id",
            "login",
            "name",
            "email",
            "active",
            "staff",
            "superuser",
            "joined",
            "last_login"));
    Mapped mapped = Mapped.of(directory);
    AccountQuery wanted = wanted(query).after(null).limit(CSV_PAGE);
    @Nullable String next;
    do {
      AccountPage page = users.list(me, directory.name(), wanted);
      for (Account account : page.accounts()) {
        lines.line(line(account, mapped));
      }
      next = page.next();
      wanted = wanted.after(next);
    } while (next != null);
    lines.flush();
  }

  /** What is not mapped is empty, not false. */
  private static List<String> line(Account a, Mapped mapped) {
    return List.of(
        a.id().text(),
        CsvLines.guarded(a.login()),
        CsvLines.guarded(a.name()),
        a.email() == null ? "" : CsvLines.guarded(a.email()),
        Boolean.toString(a.active()),
        mapped.staff() ? Boolean.toString(a.staff()) : "",
        mapped.superuser() ? Boolean.toString(a.superuser()) : "",
        a.joined() == null ? "" : a.joined().toString(),
        a.lastLogin() == null ? "" : a.lastLogin().toString());
  }

  @GetMapping("/new")
  String form(Me me, Model model) {
    model.addAttribute(
        "directories",
        users.directories(me).stream()
            .filter(d -> d.can(Ability.CREATE))
            .map(Directory::name)
            .toList());
    return "users/new";
  }

  @PostMapping
  String create(
      @RequestParam(defaultValue = AccountId.OWN) String directory,
      @RequestParam String login,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String email,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "false") boolean staff,
      @RequestParam(defaultValue = "false") boolean superuser,
      Me me,
      RedirectAttributes after) {
    Account made =
        users.create(
            me,
            directory.toLowerCase(Locale.ROOT),
            new NewAccount(
                login.strip(),
                name.strip(),
                email.isBlank() ? null : email.strip(),
                password.isEmpty() ? null : password,
                staff,
                superuser));
    after.addFlashAttribute("notice", "%s can be found here from now on.".formatted(made.label()));
    return "redirect:/users/" + made.id().text();
  }
}
