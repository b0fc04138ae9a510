package org.lethe.server.users;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lethe.account.Account;
import org.lethe.account.AccountId;
import org.lethe.account.Action;
import org.lethe.account.Departure;
import org.lethe.account.DepartureOptions;
import org.lethe.account.DepartureReport;
import org.lethe.account.Departures;
import org.lethe.account.Directory;
import org.lethe.account.LetheAccounts;
import org.lethe.account.PlannedDeparture;
import org.lethe.account.Reactivation;
import org.lethe.error.InputException;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.security.Me;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/**
 * Lets people leave and come back, for those who may see to that; each act checks anew who does it.
 * Thread-safe.
 */
@Service
public final class DepartureService {

  /** Accounts that may leave in one go from a page. */
  static final int MOST = 500;

  private final LetheAccounts accounts;
  private final JdbcTemplate jdbc;

  DepartureService(LetheAccounts accounts, JdbcTemplate jdbc) {
    this.accounts = accounts;
    this.jdbc = jdbc;
  }

  /**
   * What an account would lose.
   *
   * @param sessions of Lethe that would end
   * @param tokens that would be revoked
   */
  public record Leaving(
      Account account, List<String> groups, List<String> permissions, long sessions, long tokens) {

    public Leaving {
      groups = List.copyOf(groups);
      permissions = List.copyOf(permissions);
    }
  }

  /** What each of these accounts would lose, before anything is done. */
  public List<Leaving> effects(Me me, List<String> ids) {
    me.require(Action.DEACTIVATE);
    if (ids.isEmpty()) {
      throw new InputException("nobody is chosen; tick those who leave");
    }
    if (ids.size() > MOST) {
      throw new InputException("that are too many at once; choose %d at most".formatted(MOST));
    }
    List<Leaving> all = new ArrayList<>();
    for (String id : ids) {
      all.add(leaving(account(id)));
    }
    return all;
  }

  private Leaving leaving(Account account) {
    AccountId id = account.id();
    Directory directory = accounts.directory(id.directory());
    Long sessions =
        jdbc.queryForObject(
            "select count(*) from lethe.web_session where principal_name = ?",
            Long.class,
            id.text());
    return new Leaving(
        account,
        directory.groupsOf(id.key()).stream().map(g -> g.name()).toList(),
        directory.permissions(id.key()).stream().map(p -> p.text()).sorted().toList(),
        sessions == null ? 0 : sessions,
        accounts.tokens().list(id).stream().filter(t -> t.revoked() == null).count());
  }

  /** With a token, no more than it is good for: its account may be a superuser's. */
  private Departures departures(Me me) {
    return accounts.departures().within(me.rights());
  }

  private Account account(String id) {
    return accounts
        .find(AccountId.of(id))
        .orElseThrow(() -> new NotFoundException("There is no account " + id + "."));
  }

  /**
   * Lets them leave now, each in a transaction of its own.
   *
   * @param offboard for good
   */
  public DepartureReport leave(
      Me me, List<String> ids, boolean offboard, DepartureOptions options, String reason) {
    me.require(Action.DEACTIVATE);
    List<AccountId> named = ids.stream().map(AccountId::of).toList();
    return offboard
        ? departures(me).offboard(named, me.by(reason))
        : departures(me).deactivate(named, me.by(reason), options);
  }

  /**
   * Lets them leave on a day to come, at its beginning (UTC).
   *
   * @param day such as 2027-01-31
   */
  public List<PlannedDeparture> plan(
      Me me,
      List<String> ids,
      boolean offboard,
      DepartureOptions options,
      String day,
      String reason) {
    me.require(Action.DEACTIVATE);
    Instant due = beginning(day);
    List<PlannedDeparture> planned = new ArrayList<>();
    for (String id : ids) {
      planned.add(departures(me).plan(AccountId.of(id), due, me.by(reason), offboard, options));
    }
    return planned;
  }

  private static Instant beginning(String day) {
    try {
      return LocalDate.parse(day.strip()).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new InputException("the day is a date such as 2027-01-31, not " + day, e);
    }
  }

  /** How an account left; empty if it is active. */
  public Optional<Departure> of(Me me, AccountId id) {
    me.require(Action.USERS);
    return accounts.departures().of(id);
  }

  /** All that Lethe knows of its leaving and coming back, latest first. */
  public List<Departure> history(Me me, AccountId id) {
    me.require(Action.USERS);
    return accounts.departures().history(id);
  }

  /** When it is to leave. */
  public List<PlannedDeparture> planned(Me me, AccountId id) {
    me.require(Action.USERS);
    return accounts.departures().planned().stream().filter(p -> p.account().equals(id)).toList();
  }

  public void cancel(Me me, long plan) {
    me.require(Action.DEACTIVATE);
    departures(me).cancel(plan, me.by(null));
  }

  /** Lets an account come back. */
  public Reactivation back(Me me, String id, DepartureOptions options, String reason) {
    me.require(Action.DEACTIVATE);
    return departures(me).reactivate(AccountId.of(id), me.by(reason), options);
  }
}
