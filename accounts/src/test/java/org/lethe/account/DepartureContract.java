package org.lethe.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lethe.account.Databases.PASSWORD;
import static org.lethe.account.DirectoryContract.CLOCK;
import static org.lethe.account.DirectoryContract.NOW;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.error.InputException;
import org.lethe.trash.By;

/** What comes of leaving and coming back, whatever the directory's tables are called. */
abstract class DepartureContract {

  private static final By BOSS = new By("boss", "resigned");

  @SuppressWarnings("NullAway.Init")
  private Databases.Made made;

  @SuppressWarnings("NullAway.Init")
  private Directory directory;

  @SuppressWarnings("NullAway.Init")
  private Account ada;

  @SuppressWarnings("NullAway.Init")
  private Departures departures;

  abstract Databases.Made make();

  abstract Directory of(Databases.Made made);

  /** All of memberships, whatever is in them. */
  abstract String memberships();

  @BeforeEach
  void begin() {
    made = make();
    directory = of(made);
    departures = made.accounts().departures();
    ada =
        directory.create(
            new NewAccount("zzada", "Ada", "zzada@example.org", PASSWORD, true, false), BOSS);
    Group one = directory.createGroup("zz one", BOSS);
    Group two = directory.createGroup("zz two", BOSS);
    directory.setGroups(ada.id().key(), List.of(one.key(), two.key()), BOSS);
    directory.setPermissions(
        ada.id().key(), Set.of(Permission.of("view:*"), Permission.of("delete:x")), BOSS);
  }

  private List<Map<String, Object>> all(String sql) {
    return made.sql().queryForList(sql);
  }

  private void session(String id) {
    made.sql()
        .update(
            "insert into lethe.web_session values (?, ?, 0, 0, 1800, 99999999999999, ?)",
            id,
            id,
            ada.id().text());
    made.sql().update("insert into lethe.web_session_attributes values (?, 'a', '\\x00')", id);
  }

  private long sessions() {
    Long n = made.sql().queryForObject("select count(*) from lethe.web_session", Long.class);
    return n == null ? -1 : n;
  }

  private String token() {
    return made.accounts()
        .tokens()
        .create(ada.id(), "a program", Set.of(Permission.of("view:*")), null, BOSS)
        .secret();
  }

  @Test
  void whoKnewTheOldPasswordIsOut() {
    session("here");
    session("there");
    String token = token();
    made.accounts().resets().change(ada.id(), PASSWORD, "a second one, long", "here");
    assertThat(made.sql().queryForList("select btrim(session_id) from lethe.web_session"))
        .containsExactly(Map.of("btrim", "here"));
    assertThat(made.accounts().tokens().find(token)).as("of one's own doing").isPresent();

    String mailed = made.accounts().resets().ask("zzada").orElseThrow().secret();
    directory.setPassword(ada.id().key(), "a third one, long", BOSS);
    assertThat(sessions()).isZero();
    assertThat(made.accounts().tokens().find(token)).as("who knows who made it").isEmpty();
    assertThat(made.accounts().resets().whose(mailed)).isEmpty();

    session("again");
    String another = token();
    String secret = made.accounts().resets().ask("zzada").orElseThrow().secret();
    made.accounts().resets().use(secret, "a fourth one, long");
    assertThat(sessions()).isZero();
    assertThat(made.accounts().tokens().find(another)).isEmpty();
  }

  @Test
  void whoLeavesIsOutAtOnceAndComesBackAsTheyWere() {
    session("one");
    session("two");
    String token =
        made.accounts()
            .tokens()
            .create(ada.id(), "a program", Set.of(Permission.of("view:*")), null, BOSS)
            .secret();
    List<Map<String, Object>> groups = all(memberships());
    assertThat(made.accounts().tokens().find(token)).isPresent();

    Departure gone = departures.deactivate(ada.id(), BOSS, DepartureOptions.ALL);

    assertThat(gone.sessions()).isEqualTo(2);
    assertThat(gone.tokens()).isEqualTo(1);
    assertThat(gone.taken().groups())
        .extracting(Taken.Membership::name)
        .containsExactly("zz one", "zz two");
    assertThat(gone.taken().permissions()).containsExactly("delete:x", "view:*");
    assertThat(gone.taken().staff()).isEqualTo(directory.can(Ability.STAFF));
    assertThat(directory.find(ada.id().key()).orElseThrow().active()).isFalse();
    assertThat(directory.groupsOf(ada.id().key())).isEmpty();
    assertThat(directory.permissions(ada.id().key())).isEmpty();
    assertThat(made.accounts().tokens().find(token)).isEmpty();
    assertThat(all("select * from lethe.web_session")).isEmpty();
    assertThat(all("select * from lethe.web_session_attributes")).isEmpty();
    assertThat(made.accounts().rights(ada).may(Action.VIEW)).isFalse();
    assertThat(made.accounts().signIn().attempt("zzada", PASSWORD, "x"))
        .isInstanceOf(SignInOutcome.Deactivated.class);
    assertThat(made.accounts().signIn().attempt("zzada", PASSWORD + "x", "x"))
        .isEqualTo(new SignInOutcome.Refused());
    assertThat(departures.of(ada.id())).contains(gone);
    assertThat(gone.why()).isEqualTo("resigned");
    assertThat(directory.list(AccountQuery.ALL.text("zz").active(false)).accounts()).hasSize(1);

    Reactivation back = departures.reactivate(ada.id(), BOSS, DepartureOptions.ALL);

    assertThat(back.changedMeanwhile()).isEmpty();
    assertThat(back.groups()).containsExactly("zz one", "zz two");
    assertThat(all(memberships())).isEqualTo(groups);
    assertThat(directory.find(ada.id().key())).contains(ada);
    assertThat(directory.permissions(ada.id().key()))
        .containsExactlyInAnyOrder(Permission.of("view:*"), Permission.of("delete:x"));
    assertThat(departures.of(ada.id())).isEmpty();
    assertThat(departures.history(ada.id())).hasSize(1);
    assertThat(departures.history(ada.id()).get(0).back()).isEqualTo(NOW);
    assertThat(made.accounts().tokens().find(token)).isEmpty();
    assertThat(
            made.sql()
                .queryForList(
                    "select action from lethe.audit where object = ? and action like '%activated' order by entry",
                    String.class, ada.id().text()))
        .containsExactly("deactivated", "reactivated");
  }

  @Test
  void nothingIsTakenThatNobodyWantsTaken() {
    List<Map<String, Object>> groups = all(memberships());
    Departure gone = departures.deactivate(ada.id(), BOSS, DepartureOptions.NOTHING);
    assertThat(gone.taken()).isEqualTo(Taken.NOTHING);
    assertThat(all(memberships())).isEqualTo(groups);
    assertThat(directory.permissions(ada.id().key())).hasSize(2);
    assertThat(directory.find(ada.id().key()).orElseThrow().staff()).isEqualTo(ada.staff());
    assertThatThrownBy(() -> departures.deactivate(ada.id(), BOSS, DepartureOptions.ALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is deactivated already");
    departures.reactivate(ada.id(), BOSS, DepartureOptions.ALL);
    assertThat(directory.find(ada.id().key())).contains(ada);
    assertThatThrownBy(() -> departures.reactivate(ada.id(), BOSS, DepartureOptions.ALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is active already");
  }

  @Test
  void whatChangedMeanwhileIsToldAndLeftAlone() {
    departures.deactivate(ada.id(), BOSS, DepartureOptions.ALL);
    List<Group> groups =
        directory.groups().stream().filter(g -> g.name().startsWith("zz")).toList();
    directory.deleteGroup(groups.get(0).key(), BOSS);
    directory.setGroups(ada.id().key(), List.of(groups.get(1).key()), BOSS);
    directory.setPermissions(
        ada.id().key(), Set.of(Permission.of("view:*"), Permission.of("users:*")), BOSS);

    Reactivation back = departures.reactivate(ada.id(), BOSS, DepartureOptions.ALL);

    assertThat(back.groups()).isEmpty();
    assertThat(back.permissions()).containsExactly("delete:x");
    assertThat(back.changedMeanwhile())
        .containsExactly(
            "the group zz one is gone",
            "it was put into the group zz two meanwhile",
            "it was given the permission view:* meanwhile");
    assertThat(directory.permissions(ada.id().key())).hasSize(3);
  }

  @Test
  void onlyWhatIsWantedComesBack() {
    departures.offboard(ada.id(), BOSS);
    Reactivation back =
        departures.reactivate(ada.id(), BOSS, new DepartureOptions(true, false, false));
    assertThat(back.groups()).hasSize(2);
    assertThat(back.permissions()).isEmpty();
    assertThat(back.account().staff()).isFalse();
    assertThat(directory.permissions(ada.id().key())).isEmpty();
  }

  @Test
  void whoIsDeactivatedMayStillBeOffboarded() {
    departures.deactivate(ada.id(), BOSS, new DepartureOptions(false, true, false));
    Departure gone = departures.offboard(ada.id(), BOSS);
    assertThat(gone.kind()).isEqualTo(Departure.Kind.OFFBOARDED);
    assertThat(gone.taken().groups()).hasSize(2);
    assertThat(gone.taken().permissions()).hasSize(2);
    assertThatThrownBy(() -> departures.offboard(ada.id(), BOSS))
        .hasMessageContaining("is offboarded already");
    Reactivation back = departures.reactivate(ada.id(), BOSS, DepartureOptions.ALL);
    assertThat(back.account()).isEqualTo(ada);
    assertThat(back.permissions()).hasSize(2);
    assertThat(departures.history(ada.id())).hasSize(2);
  }

  @Test
  void whoeverElseDeactivatesIsSeen() {
    assertThat(departures.of(ada.id())).isEmpty();
    made.sql().update(deactivation(), Long.valueOf(ada.id().key()));
    Departure elsewhere = departures.of(ada.id()).orElseThrow();
    assertThat(elsewhere.kind()).isEqualTo(Departure.Kind.ELSEWHERE);
    departures.offboard(ada.id(), BOSS);
    departures.reactivate(ada.id(), BOSS, DepartureOptions.ALL);
    assertThat(directory.find(ada.id().key())).contains(ada);
  }

  abstract String deactivation();

  @Test
  void severalLeaveWithOneReport() {
    Account bob =
        directory.create(
            new NewAccount("zzbob", "", "zzbob@example.org", null, false, false), BOSS);
    AccountId nobody = new AccountId(directory.name(), "987654321");
    DepartureReport report =
        departures.deactivate(
            List.of(ada.id(), nobody, bob.id(), ada.id()), BOSS, DepartureOptions.ALL);
    assertThat(report.done()).extracting(Departure::account).containsExactly(ada.id(), bob.id());
    assertThat(report.refused()).containsOnlyKeys(nobody);
    assertThat(report.refused().get(nobody)).contains("there is no account " + nobody);
    assertThat(report.unended()).isEmpty();
  }

  @Test
  void whatIsPlannedHappensOnItsDayOnce() {
    By planner = new By("boss", "temporary");
    PlannedDeparture plan =
        departures.plan(
            ada.id(), NOW.plus(Duration.ofDays(3)), planner, true, DepartureOptions.NOTHING);
    assertThat(departures.planned()).containsExactly(plan);
    By robot = new By("scheduler", null);
    assertThat(departures.runDue(robot).done()).isEmpty();
    assertThat(directory.find(ada.id().key()).orElseThrow().active()).isTrue();

    Databases.Made then = made.at(DirectoryContract.later(Duration.ofDays(4)));
    DepartureReport report = then.accounts().departures().runDue(robot);
    assertThat(report.done()).hasSize(1);
    assertThat(report.done().get(0).why()).isEqualTo("temporary (planned by boss)");
    assertThat(report.done().get(0).kind()).isEqualTo(Departure.Kind.OFFBOARDED);
    assertThat(then.accounts().departures().runDue(robot).done()).isEmpty();
    assertThat(departures.planned()).isEmpty();
    assertThat(directory.find(ada.id().key()).orElseThrow().active()).isFalse();

    departures.reactivate(ada.id(), BOSS, DepartureOptions.ALL);
    PlannedDeparture other =
        departures.plan(
            ada.id(), NOW.plus(Duration.ofDays(3)), planner, false, DepartureOptions.NOTHING);
    departures.cancel(other.id(), BOSS);
    assertThatThrownBy(() -> departures.cancel(other.id(), BOSS))
        .isInstanceOf(InputException.class);
    assertThat(then.accounts().departures().runDue(robot).done()).isEmpty();
    assertThat(directory.find(ada.id().key()).orElseThrow().active()).isTrue();
    assertThatThrownBy(
            () ->
                departures.plan(
                    ada.id(), CLOCK.instant(), planner, false, DepartureOptions.NOTHING))
        .isInstanceOf(InputException.class);
  }
}
