package org.lethe.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lethe.account.Databases.TESTER;
import static org.lethe.account.DirectoryContract.CLOCK;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lethe.error.InputException;
import org.lethe.error.LetheException;
import org.lethe.testkit.DatabaseDigest;
import org.lethe.testkit.PostgresServer;

/** Sessions of the application's accounts, wherever they are. */
class SessionsTest {

  private static final String POLICY =
      """
      version: 1
      accounts:
        table: person
        active: active
        login: login
        email: email
        sessions: [ { sql: "%s" } ]
      """;

  /** A place that can be out of order. */
  private static final class Place implements SessionEnder {

    final List<String> ended = new ArrayList<>();
    boolean broken;

    @Override
    public String place() {
      return "elsewhere";
    }

    @Override
    public void end(Account account) {
      if (broken) {
        throw new LetheException("elsewhere does not answer");
      }
      ended.add(account.login());
    }
  }

  private static Databases.Made made(String sql) {
    var database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(
        database,
        """
        create table person (id uuid primary key default gen_random_uuid(), login text not null unique, email text, active bool not null);
        create table session (id int primary key, person uuid, login text, email text);
        insert into person (login, email, active) values ('ada', 'ada@example.org', true), ('bob', null, true);
        insert into session select 1, id, login, email from person where login = 'ada';
        insert into session select 2, id, login, email from person where login = 'bob';
        """);
    return Databases.made(database, POLICY.formatted(sql), CLOCK);
  }

  private static List<Integer> left(Databases.Made made) {
    return made.sql().queryForList("select id from session order by 1", Integer.class);
  }

  @Test
  void theStatementEndsThoseOfTheAccountAlone() {
    for (String where : List.of("person = :id", "login = :login", "lower(email::text) = :email")) {
      Databases.Made made = made("delete from session where " + where);
      Account ada = made.app().byLogin("ada").orElseThrow();
      assertThat(
              made.accounts()
                  .departures()
                  .deactivate(ada.id(), TESTER, DepartureOptions.NOTHING)
                  .sessions())
          .isEqualTo(1);
      assertThat(left(made)).as(where).containsExactly(2);
    }
  }

  @Test
  void aStatementThatCannotRunLetsNothingHappen() throws SQLException {
    Databases.Made made = made("delete from sesion where person = :id");
    Account ada = made.app().byLogin("ada").orElseThrow();
    String before = digest(made);
    assertThatThrownBy(
            () -> made.accounts().departures().deactivate(ada.id(), TESTER, DepartureOptions.ALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("accounts.sessions[0].sql cannot be run")
        .hasMessageContaining("nothing was changed");
    assertThat(digest(made)).isEqualTo(before);
    DepartureReport report =
        made.accounts().departures().deactivate(List.of(ada.id()), TESTER, DepartureOptions.ALL);
    assertThat(report.refused()).containsOnlyKeys(ada.id());
    assertThat(digest(made)).isEqualTo(before);
  }

  @Test
  void aConnectionThatIsLostHalfWayLetsNothingHappen() throws SQLException {
    Databases.Made made =
        made("delete from session where person = :id and pg_terminate_backend(pg_backend_pid())");
    Account ada = made.app().byLogin("ada").orElseThrow();
    String before = digest(made);
    assertThatThrownBy(
            () -> made.accounts().departures().deactivate(ada.id(), TESTER, DepartureOptions.ALL))
        .isInstanceOf(LetheException.class)
        .hasMessageContaining("nothing was changed");
    assertThat(digest(made)).isEqualTo(before);
    assertThat(made.app().find(ada.id().key()).orElseThrow().active()).isTrue();
  }

  @Test
  void aPlaceOfNoKnownKindIsRefusedBeforeAnybodyLeaves() {
    var database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(
        database, "create table person (id int primary key, active bool not null)");
    assertThatThrownBy(
            () ->
                Databases.made(
                    database,
                    "version: 1\naccounts: { table: person, active: active, sessions: [ { memory: 'x' } ] }",
                    CLOCK))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("accounts.sessions[0]: there is no kind of store memory");
  }

  private static String digest(Databases.Made made) throws SQLException {
    return DatabaseDigest.of(made.database()).toString();
  }

  private static LetheAccounts with(Databases.Made made, Place place, Clock clock) {
    return LetheAccounts.builder(made.database(), made.decisions())
        .clock(clock)
        .sessions(place)
        .build();
  }

  @Test
  void aPlaceThatDoesNotAnswerIsAskedAgain() {
    Databases.Made made = made("delete from session where person = :id");
    Place place = new Place();
    place.broken = true;
    Account ada = made.app().byLogin("ada").orElseThrow();
    Departures departures = with(made, place, CLOCK).departures();
    DepartureReport report =
        departures.deactivate(List.of(ada.id()), TESTER, DepartureOptions.NOTHING);
    assertThat(report.done()).hasSize(1);
    assertThat(report.unended())
        .containsExactly(ada.id() + " at elsewhere: elsewhere does not answer");
    assertThat(made.app().find(ada.id().key()).orElseThrow().active()).isFalse();
    assertThat(departures.unended()).hasSize(1);
    place.broken = false;
    // Not before its time.
    assertThat(departures.runDue(TESTER).unended()).isEmpty();
    assertThat(place.ended).isEmpty();
    Departures then =
        with(made, place, DirectoryContract.later(Duration.ofMinutes(2))).departures();
    assertThat(then.runDue(TESTER).unended()).isEmpty();
    assertThat(place.ended).containsExactly("ada");
    then.runDue(TESTER);
    assertThat(place.ended).containsExactly("ada");
    assertThat(then.unended()).isEmpty();
  }
}
