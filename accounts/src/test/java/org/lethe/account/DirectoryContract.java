package org.lethe.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lethe.account.Databases.TESTER;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.error.InputException;
import org.lethe.error.NotPermittedException;

/** What every directory does, whatever its tables are called. */
abstract class DirectoryContract {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @SuppressWarnings("NullAway.Init")
  private Databases.Made made;

  @SuppressWarnings("NullAway.Init")
  private Directory directory;

  abstract Databases.Made make();

  abstract Directory of(Databases.Made made);

  @BeforeEach
  void begin() {
    made = make();
    directory = of(made);
  }

  private Account create(String login, String name, boolean staff, boolean superuser) {
    return directory.create(
        new NewAccount(login, name, login + "@example.org", Databases.PASSWORD, staff, superuser),
        TESTER);
  }

  @Test
  void whatWasMadeIsFound() {
    Account ada = create("zzada", "Ada Maria Lovelace", true, false);
    assertThat(ada.login()).isEqualTo("zzada");
    assertThat(ada.name()).isEqualTo("Ada Maria Lovelace");
    assertThat(ada.email()).isEqualTo("zzada@example.org");
    assertThat(ada.active()).isTrue();
    assertThat(ada.staff()).isEqualTo(directory.can(Ability.STAFF));
    assertThat(ada.superuser()).isFalse();
    assertThat(ada.joined()).isEqualTo(NOW);
    assertThat(ada.lastLogin()).isNull();
    assertThat(directory.find(ada.id().key())).contains(ada);
    assertThat(directory.byLogin("zzada")).contains(ada);
    assertThat(directory.byLogin("ZZada@Example.ORG")).contains(ada);
    assertThat(made.accounts().find(ada.id())).contains(ada);
    assertThat(made.accounts().byLogin("zzada")).contains(ada);
    assertThat(AccountId.of(ada.id().text())).isEqualTo(ada.id());
    assertThat(directory.byLogin("nobody")).isEmpty();
    for (String key : List.of("0", "-1", "99999999999999999999", "x", "'", "1 or true", "\0")) {
      assertThat(directory.find(key).filter(a -> a.id().key().equals("x"))).isEmpty();
    }
  }

  @Test
  void whatIsTakenOrWeakIsRefusedWithoutSayingWhose() {
    create("zzada", "Ada", false, false);
    assertThatThrownBy(() -> create("zzada", "Another", false, false))
        .isInstanceOf(InputException.class)
        .hasMessage("this login, address or name is taken; choose another");
    assertThatThrownBy(
            () ->
                directory.create(
                    new NewAccount("zzbob", "", "zzbob@example.org", "short", false, false),
                    TESTER))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("too short");
    assertThat(directory.byLogin("zzbob")).isEmpty();
    assertThatThrownBy(() -> create(" ", "", false, false)).hasMessageContaining("needs a login");
  }

  @Test
  void passwordsHaveTheFormOfTheOthers() {
    Account ada = create("zzada", "Ada", true, false);
    String usual = made.sql().queryForObject(passwordSql(ada), String.class);
    assertThat(Passwords.verify(Databases.PASSWORD, usual)).isTrue();
    directory.setPassword(ada.id().key(), "quite another one", TESTER);
    String hash = made.sql().queryForObject(passwordSql(ada), String.class);
    assertThat(Passwords.verify("quite another one", hash)).isTrue();
    assertThat(Passwords.verify(Databases.PASSWORD, hash)).isFalse();
    assertThatThrownBy(() -> directory.setPassword(ada.id().key(), "zzada zzada zzada", TESTER))
        .hasMessageContaining("must not contain the login");
    Account none =
        directory.create(
            new NewAccount("zznone", "", "zznone@example.org", null, true, true), TESTER);
    assertThat(Passwords.usable(made.sql().queryForObject(passwordSql(none), String.class)))
        .isFalse();
  }

  abstract String passwordSql(Account account);

  @Test
  void pagesHaveEachAccountOnce() {
    for (int i = 0; i < 23; i++) {
      Account made = create("zz%02d".formatted(i), "Name " + (i % 5), i % 2 == 0, false);
      if (i % 2 == 0) {
        directory.rows().signedIn(this.made.sql(), made.id().key(), NOW.plusSeconds(i / 4));
      }
    }
    AccountQuery all = AccountQuery.ALL.text("ZZ").limit(5);
    for (AccountQuery.Order order : AccountQuery.Order.values()) {
      for (boolean down : List.of(true, false)) {
        List<String> seen = new ArrayList<>();
        AccountPage page = directory.list(all.order(order, down));
        page.accounts().forEach(a -> seen.add(a.login()));
        while (page.next() != null) {
          page = directory.list(all.order(order, down).after(page.next()));
          page.accounts().forEach(a -> seen.add(a.login()));
        }
        assertThat(seen).as(order + " " + down).hasSize(23).doesNotHaveDuplicates();
        if (order == AccountQuery.Order.LOGIN) {
          assertThat(seen.get(0)).isEqualTo(down ? "zz22" : "zz00");
        }
        if (order == AccountQuery.Order.LAST_LOGIN) {
          assertThat(seen.subList(0, 11))
              .as("who never signed in")
              .contains(down ? "zz22" : "zz01");
          assertThat(seen.get(22)).isEqualTo(down ? "zz01" : "zz22");
        }
      }
    }
    assertThatThrownBy(() -> directory.list(all.after("nonsense")))
        .isInstanceOf(InputException.class);
  }

  @Test
  void choicesAndTheirCountsAgree() {
    Account ada = create("zzada", "Ada", true, false);
    create("zz%_\\", "Bob", false, true);
    create("zzcid", "Cid 100%", false, false);
    AccountQuery zz = AccountQuery.ALL.text("zz");
    Facets facets = directory.facets(zz);
    assertThat(facets.all()).isEqualTo(3);
    assertThat(facets.active()).isEqualTo(3);
    assertThat(facets.deactivated()).isZero();
    assertThat(facets.staff()).isEqualTo(directory.list(zz.staff(true)).accounts().size());
    assertThat(facets.superusers()).isEqualTo(directory.list(zz.superuser(true)).accounts().size());
    assertThat(facets.staff()).isEqualTo(directory.can(Ability.STAFF) ? 1 : 0);
    assertThat(directory.list(AccountQuery.ALL.text("%_\\")).accounts()).hasSize(1);
    assertThat(directory.list(AccountQuery.ALL.text("Cid 100%")).accounts()).hasSize(1);
    assertThat(directory.list(AccountQuery.ALL.text("zzcid  100% c")).accounts()).hasSize(1);
    assertThat(directory.list(AccountQuery.ALL.text("zzcid nobody")).accounts()).isEmpty();
    assertThat(directory.list(zz.active(false)).accounts()).isEmpty();

    Group group = directory.createGroup("zz group", TESTER);
    directory.setGroups(ada.id().key(), List.of(group.key()), TESTER);
    assertThat(directory.facets(zz).groups()).containsExactly(java.util.Map.entry(group.key(), 1L));
    assertThat(directory.members(group.key(), 10))
        .extracting(Account::login)
        .containsExactly("zzada");
    assertThat(directory.list(zz.group(group.key())).accounts()).hasSize(1);
  }

  @Test
  void groupsComeAndGo() {
    Account ada = create("zzada", "Ada", true, false);
    int before = directory.groups().size();
    Group one = directory.createGroup("zz one", TESTER);
    Group two = directory.createGroup("zz two", TESTER);
    directory.setGroups(ada.id().key(), List.of(one.key(), two.key()), TESTER);
    assertThat(directory.groupsOf(ada.id().key())).containsExactly(one, two);
    directory.setGroups(ada.id().key(), List.of(two.key()), TESTER);
    assertThat(directory.groupsOf(ada.id().key())).containsExactly(two);
    directory.renameGroup(two.key(), "zz zwei", TESTER);
    assertThat(directory.groupsOf(ada.id().key()))
        .extracting(Group::name)
        .containsExactly("zz zwei");
    assertThatThrownBy(() -> directory.createGroup("zz one", TESTER))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is taken");
    directory.deleteGroup(two.key(), TESTER);
    assertThat(directory.groupsOf(ada.id().key())).isEmpty();
    assertThat(directory.groups()).hasSize(before + 1);
    assertThatThrownBy(() -> directory.setGroups(ada.id().key(), List.of(two.key()), TESTER))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no group");
  }

  @Test
  void rightsAreThoseOfTheAccountAndItsGroups() {
    Account ada = create("zzada", "Ada", true, false);
    Group group = directory.createGroup("zz group", TESTER);
    directory.setGroups(ada.id().key(), List.of(group.key()), TESTER);
    directory.setPermissions(ada.id().key(), Set.of(Permission.of("view:*")), TESTER);
    directory.setGroupPermissions(group.key(), Set.of(Permission.of("users:*")), TESTER);
    Rights rights = made.accounts().rights(ada);
    boolean staff = directory.can(Ability.STAFF);
    assertThat(rights.may(Action.VIEW)).isEqualTo(staff);
    assertThat(rights.may(Action.USERS)).isEqualTo(staff);
    assertThat(rights.may(Action.DELETE)).isFalse();
    assertThat(directory.permissions(ada.id().key())).containsExactly(Permission.of("view:*"));
    assertThat(directory.groupPermissions(group.key())).containsExactly(Permission.of("users:*"));
    directory.deleteGroup(group.key(), TESTER);
    assertThat(made.accounts().rights(ada).may(Action.USERS)).isFalse();
  }

  @Test
  void whatIsChangedIsAuditedAndNothingElse() {
    Account ada = create("zzada", "Ada", true, false);
    Account changed =
        directory.change(
            ada.id().key(),
            new AccountChange(null, "Augusta King", "king@example.org", null, null),
            TESTER);
    assertThat(changed.login()).isEqualTo("zzada");
    assertThat(changed.name()).isEqualTo("Augusta King");
    assertThat(changed.email()).isEqualTo("king@example.org");
    assertThat(changed.staff()).isEqualTo(ada.staff());
    assertThat(changed.joined()).isEqualTo(ada.joined());
    assertThat(
            made.sql()
                .queryForList(
                    "select action from lethe.audit where object = ?",
                    String.class,
                    ada.id().text()))
        .containsExactly("account_created", "account_changed");
    assertThat(made.sql().queryForList("select details from lethe.audit", String.class))
        .noneMatch(d -> d.contains("King") || d.contains("king"));
  }

  @Test
  void theLastSuperuserStaysOne() {
    if (!directory.can(Ability.SUPERUSER)) {
      return;
    }
    Account one = create("zzone", "", true, true);
    Account two = create("zztwo", "", true, true);
    AccountChange no = new AccountChange(null, null, null, null, false);
    directory.change(two.id().key(), no, TESTER);
    assertThatThrownBy(() -> directory.change(one.id().key(), no, TESTER))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("last active superuser");
    assertThat(directory.find(one.id().key()).orElseThrow().superuser()).isTrue();
  }

  @Test
  void signingInNeedsThePasswordAndTheLeave() {
    Account ada = create("zzada", "Ada", true, false);
    SignIn signIn = made.accounts().signIn();
    assertThat(signIn.attempt("zzada", "wrong one, really", "10.0.0.1"))
        .isEqualTo(new SignInOutcome.Refused());
    SignInOutcome outcome = signIn.attempt("zzada", Databases.PASSWORD, "10.0.0.1");
    if (directory.can(Ability.STAFF)) {
      assertThat(outcome).isInstanceOf(SignInOutcome.SignedIn.class);
      assertThat(directory.find(ada.id().key()).orElseThrow().lastLogin()).isEqualTo(NOW);
      assertThat(signIn.attempt("zzADA@example.org", Databases.PASSWORD, "10.0.0.1"))
          .isInstanceOf(SignInOutcome.SignedIn.class);
    } else {
      assertThat(outcome).isInstanceOf(SignInOutcome.NotStaff.class);
      assertThat(directory.find(ada.id().key()).orElseThrow().lastLogin()).isNull();
    }
  }

  static Clock later(Duration by) {
    return Clock.offset(CLOCK, by);
  }
}
