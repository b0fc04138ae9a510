package org.lethe.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.lethe.Lethe;
import org.lethe.account.Account;
import org.lethe.account.AccountId;
import org.lethe.account.AccountQuery;
import org.lethe.account.Directory;
import org.lethe.account.Group;
import org.lethe.account.LetheAccounts;
import org.lethe.account.NewAccount;
import org.lethe.account.Permission;
import org.lethe.collect.Roots;
import org.lethe.schema.TableId;
import org.lethe.subject.Person;
import org.lethe.subject.request.Kind;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.Requests;
import org.lethe.trash.By;

/** What happened at plaza before a newcomer looks: something for every page of the admin. */
final class DemoStory {

  /** Of all three: there is nothing to protect. */
  static final String PASSWORD = "rivers-forget-all";

  /**
   * Somebody who may sign in.
   *
   * @param told what they may do, for people
   */
  record Staff(String login, String name, String told, boolean superuser, String group) {}

  static final List<Staff> STAFF =
      List.of(
          new Staff("ada", "Ada Okafor", "superuser: may do everything", true, ""),
          new Staff(
              "ben", "Ben Lindqvist", "editor: deletes, restores, deactivates", false, "editors"),
          new Staff("cleo", "Cleo Marchetti", "viewer: looks at the community", false, "viewers"));

  private static final Set<String> EDITORS =
      Set.of(
          "view:*",
          "delete:*",
          "restore:*",
          "hold:*",
          "users:*",
          "deactivate:*",
          "requests:*",
          "check:*",
          "map:*");
  private static final Set<String> VIEWERS =
      Set.of("view:post", "view:comment", "view:poll", "view:todo", "map:*");

  private static final Period KEEP = Period.ofDays(30);

  private final Lethe lethe;
  private final LetheAccounts accounts;
  private final Requests requests;

  DemoStory(Session session, Requests requests) {
    this.lethe = session.lethe();
    this.accounts =
        LetheAccounts.of(session.database(), session.lethe().decisions(), Clock.systemUTC());
    this.requests = requests;
  }

  /**
   * Tells it, unless somebody works here already.
   *
   * @return whether the demo's staff can sign in
   */
  boolean tell() {
    Directory own = accounts.directory(AccountId.OWN);
    List<Account> there = own.list(AccountQuery.ALL).accounts();
    if (!there.isEmpty()) {
      return there.stream().anyMatch(a -> a.login().equals(STAFF.get(0).login()));
    }
    if (lethe.decisions().data().subjects().containsKey("customer")) {
      removals();
      asked();
    }
    // Last: what was told only in part is told again.
    staff(own);
    return true;
  }

  private void staff(Directory own) {
    By setup = new By("demo", null);
    Group editors = own.createGroup("editors", setup);
    own.setGroupPermissions(editors.key(), permissions(EDITORS), setup);
    Group viewers = own.createGroup("viewers", setup);
    own.setGroupPermissions(viewers.key(), permissions(VIEWERS), setup);
    for (Staff staff : STAFF) {
      Account account =
          own.create(
              new NewAccount(
                  staff.login(),
                  staff.name(),
                  staff.login() + "@plaza.example",
                  PASSWORD,
                  true,
                  staff.superuser()),
              setup);
      List<Group> groups =
          List.of(editors, viewers).stream().filter(g -> g.name().equals(staff.group())).toList();
      own.setGroups(account.id().key(), groups.stream().map(Group::key).toList(), setup);
    }
  }

  private static List<Permission> permissions(Set<String> texts) {
    return texts.stream().sorted().map(Permission::of).toList();
  }

  private void removals() {
    By ben = new By("ben", "asked by phone");
    delete("post", "77", new By("ben", "spam"));
    UUID poll = delete("poll", "9", ben);
    UUID back = delete("post", "120", new By("ben", "wrong one"));
    lethe.trash().restore(back, new By("ben", "it was the wrong one"));
    lethe
        .trash()
        .hold(poll, Instant.now().plus(Duration.ofDays(90)), new By("ada", "complaint 2026-17"));
    delete("newsletter_subscription", "12", ben);
  }

  private UUID delete(String table, String key, By by) {
    Roots root = new Roots.Keys(new TableId("public", table), List.of(List.of(key)));
    return Objects.requireNonNull(lethe.trash().delete(root, KEEP, by).deletion());
  }

  private void asked() {
    Instant now = Instant.now();
    open(Kind.ERASURE, "21", now.minus(Duration.ofDays(25)));
    Request access = open(Kind.ACCESS, "22", now.minus(Duration.ofDays(3)));
    By ben = new By("ben", "came to the desk with a passport");
    requests.verification().byStatement(access.id(), ben);
    requests.collect(access.id(), new By("ben", null));
    Request denied = open(Kind.PORTABILITY, "23", now.minus(Duration.ofDays(9)));
    requests.deny(denied.id(), new By("ada", "asked for the third time this month"));
  }

  private Request open(Kind kind, String customer, Instant received) {
    Person person = lethe.person("customer", "customer_id=" + customer);
    return requests.open(kind, person, received, false, new By("ben", null));
  }
}
