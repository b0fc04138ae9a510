package org.lethe.account;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Audit;
import org.lethe.error.InputException;
import org.lethe.error.LetheException;
import org.lethe.error.NotPermittedException;
import org.lethe.execute.Transactions;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Lets people leave and come back. An account is deactivated in one transaction: it may not sign in
 * any more, its sessions and tokens end, what was taken from it is remembered. Where the actor is
 * an account ({@code lethe:3}), it must be active and have the right to; any other actor, such as
 * the operator of the command line, has it. Thread-safe.
 */
public final class Departures {

  private final LetheAccounts accounts;
  private final Guards guards;
  private final Sessions sessions;
  private final Transactions transactions;
  private final Clock clock;
  private final DepartureRights rights;

  Departures(
      LetheAccounts accounts,
      Guards guards,
      Sessions sessions,
      Transactions transactions,
      Clock clock,
      DepartureRights rights) {
    this.accounts = accounts;
    this.guards = guards;
    this.sessions = sessions;
    this.transactions = transactions;
    this.clock = clock;
    this.rights = rights;
  }

  /**
   * The same for an actor who may do less than their account, such as a program with a token: also
   * where that account is a superuser's, the actor is one only if these rights are.
   */
  public Departures within(Rights rights) {
    return new Departures(
        accounts, guards, sessions, transactions, clock, this.rights.within(rights));
  }

  /**
   * Deactivates an account: it keeps its name wherever it did something, and may come back.
   *
   * @throws InputException if there is none, or it is deactivated already
   * @throws NotPermittedException if it is the actor's own, the last superuser's, or the actor may
   *     not
   */
  public Departure deactivate(AccountId id, By by, DepartureOptions options) {
    Departure departure =
        transactions.change(jdbc -> asked(jdbc, id, by, options, Departure.Kind.DEACTIVATED));
    endElsewhere(id);
    return departure;
  }

  /**
   * The same for good: takes groups, permissions and status too. Also of an account that is
   * deactivated already.
   *
   * @throws InputException if there is none, or it was offboarded already
   * @throws NotPermittedException as {@link #deactivate} does
   */
  public Departure offboard(AccountId id, By by) {
    Departure departure =
        transactions.change(
            jdbc -> asked(jdbc, id, by, DepartureOptions.ALL, Departure.Kind.OFFBOARDED));
    endElsewhere(id);
    return departure;
  }

  /** Deactivates several, each in a transaction of its own; what refuses one spares no other. */
  public DepartureReport deactivate(Collection<AccountId> ids, By by, DepartureOptions options) {
    return each(ids, id -> leaving(id, by, options, Departure.Kind.DEACTIVATED));
  }

  /** Offboards several, in the same way. */
  public DepartureReport offboard(Collection<AccountId> ids, By by) {
    return each(ids, id -> leaving(id, by, DepartureOptions.ALL, Departure.Kind.OFFBOARDED));
  }

  private Departure leaving(AccountId id, By by, DepartureOptions options, Departure.Kind kind) {
    return transactions.change(jdbc -> asked(jdbc, id, by, options, kind));
  }

  /** One of several. */
  private interface Leaving {
    Departure of(AccountId id);
  }

  private DepartureReport each(Collection<AccountId> ids, Leaving leaving) {
    List<Departure> done = new ArrayList<>();
    Map<AccountId, String> refused = new LinkedHashMap<>();
    List<String> unended = new ArrayList<>();
    for (AccountId id : new LinkedHashSet<>(ids)) {
      try {
        done.add(leaving.of(id));
        unended.addAll(endElsewhere(id));
      } catch (InputException | NotPermittedException e) {
        refused.put(id, String.valueOf(e.getMessage()));
      }
    }
    return new DepartureReport(done, refused, unended);
  }

  /**
   * What a rule of the policy does; whoever runs the rule needs no right to do it by hand. Within
   * the caller's transaction.
   */
  Departure byRule(JdbcOperations jdbc, AccountId id, By by, DepartureOptions options) {
    return leave(jdbc, locked(jdbc, id), by, options, Departure.Kind.DEACTIVATED);
  }

  private Departure asked(
      JdbcOperations jdbc, AccountId id, By by, DepartureOptions options, Departure.Kind kind) {
    Account account = locked(jdbc, id);
    rights.require(jdbc, by, account);
    return leave(jdbc, account, by, options, kind);
  }

  private Account locked(JdbcOperations jdbc, AccountId id) {
    Guards.lock(jdbc);
    return accounts
        .directory(id.directory())
        .rows()
        .lock(jdbc, id.key())
        .orElseThrow(() -> Guards.unknown(id));
  }

  private Departure leave(
      JdbcOperations jdbc, Account account, By by, DepartureOptions options, Departure.Kind kind) {
    AccountId id = account.id();
    Directory directory = accounts.directory(id.directory());
    Guards.notYourself(account, by);
    Guards.notKept(jdbc, directory.rows(), id);
    boolean offboards = kind == Departure.Kind.OFFBOARDED;
    Departure before = DepartureRows.open(jdbc, id).orElse(null);
    if (!account.active()
        && (!offboards || (before != null && before.kind() == Departure.Kind.OFFBOARDED))) {
      throw new InputException(
          "the account %s is %s already".formatted(id, offboards ? "offboarded" : "deactivated"));
    }
    if (account.active() && account.superuser()) {
      guards.somebodyStays(jdbc, Set.of(id));
    }
    Taken taken = new Taking(directory).take(jdbc, account, options);
    if (before != null) {
      // What the first departure took comes back with the second; it does not where the account
      // was reactivated elsewhere since.
      taken = account.active() ? taken : Taking.together(before.taken(), taken);
      DepartureRows.back(jdbc, id, clock.instant(), by);
    }
    Instant now = clock.instant();
    directory.rows().setActive(jdbc, id.key(), false, now, by.actor(), by.reason());
    Departure departure =
        new Departure(
            id,
            kind,
            now,
            by.actor(),
            by.reason(),
            taken,
            sessions.end(jdbc, account),
            TokenRows.revokeAll(jdbc, id, now),
            null,
            null);
    DepartureRows.insert(jdbc, departure);
    audit(jdbc, by, offboards ? "offboarded" : "deactivated", id, details(departure));
    return departure;
  }

  private static String details(Departure d) {
    return "{\"sessions\": %d, \"tokens\": %d, \"groups\": %d, \"permissions\": %d, \"staff\": %s, \"superuser\": %s}"
        .formatted(
            d.sessions(),
            d.tokens(),
            d.taken().groups().size(),
            d.taken().permissions().size(),
            d.taken().staff(),
            d.taken().superuser());
  }

  /**
   * Lets an account come back, with what was taken from it. Its former tokens and sessions stay
   * ended.
   *
   * @param options what of it comes back
   * @throws InputException if there is no such account, or it is active
   * @throws NotPermittedException if it is the actor's own, or the actor may not
   */
  public Reactivation reactivate(AccountId id, By by, DepartureOptions options) {
    return transactions.change(
        jdbc -> {
          Directory directory = accounts.directory(id.directory());
          Guards.lock(jdbc);
          Account account =
              directory.rows().lock(jdbc, id.key()).orElseThrow(() -> Guards.unknown(id));
          rights.require(jdbc, by, account);
          Guards.notYourself(account, by);
          if (account.active()) {
            throw new InputException("the account %s is active already".formatted(id));
          }
          Taken taken = DepartureRows.open(jdbc, id).map(Departure::taken).orElse(Taken.NOTHING);
          if (taken.superuser() && options.staff()) {
            rights.requireToBringSuperuserBack(jdbc, by);
          }
          directory.rows().setActive(jdbc, id.key(), true, null, null, null);
          Reactivation back = new Taking(directory).bring(jdbc, account, taken, options);
          DepartureRows.back(jdbc, id, clock.instant(), by);
          audit(
              jdbc,
              by,
              "reactivated",
              id,
              "{\"groups\": %d, \"permissions\": %d, \"staff\": %s, \"superuser\": %s, \"changed_meanwhile\": %d}"
                  .formatted(
                      back.groups().size(),
                      back.permissions().size(),
                      back.staff(),
                      back.superuser(),
                      back.changedMeanwhile().size()));
          return back;
        });
  }

  /**
   * How an account left that is deactivated; empty if it is active, or there is none. Where a rule,
   * or the application, deactivated it, that is said in {@link Departure#kind}.
   */
  public Optional<Departure> of(AccountId id) {
    AccountRows rows = accounts.directory(id.directory()).rows();
    return transactions.look(
        jdbc ->
            rows.find(jdbc, id.key())
                .filter(a -> !a.active())
                .map(a -> DepartureRows.open(jdbc, id).orElseGet(() -> rows.elsewhere(jdbc, id))));
  }

  /** All departures of an account that Lethe saw to, latest first. */
  public List<Departure> history(AccountId id) {
    return transactions.look(jdbc -> DepartureRows.list(jdbc, id));
  }

  /**
   * Deactivates an account on a day to come; see {@link #runDue}.
   *
   * @param offboard for good, and then {@code options} are all
   * @throws InputException if there is none, or the day has come already
   * @throws NotPermittedException if it is the actor's own, or the actor may not
   */
  public PlannedDeparture plan(
      AccountId id, Instant due, By by, boolean offboard, DepartureOptions options) {
    if (!due.isAfter(clock.instant())) {
      throw new InputException("a planned departure needs a day to come; or let it be now");
    }
    DepartureOptions all = offboard ? DepartureOptions.ALL : options;
    return transactions.change(
        jdbc -> {
          Account account =
              accounts
                  .directory(id.directory())
                  .rows()
                  .find(jdbc, id.key())
                  .orElseThrow(() -> Guards.unknown(id));
          rights.require(jdbc, by, account);
          Guards.notYourself(account, by);
          long plan = DepartureRows.plan(jdbc, id, offboard, all, due, clock.instant(), by);
          audit(jdbc, by, "departure_planned", id, "{\"due\": \"" + due + "\"}");
          return new PlannedDeparture(plan, id, offboard, all, due, by.actor(), by.reason(), null);
        });
  }

  /** Departures still to come, the next one first. */
  public List<PlannedDeparture> planned() {
    return transactions.look(DepartureRows::planned);
  }

  /**
   * Calls a planned departure off.
   *
   * @throws InputException if there is none to come with this number
   */
  public void cancel(long plan, By by) {
    transactions.change(
        jdbc -> {
          PlannedDeparture planned =
              DepartureRows.planned(jdbc).stream()
                  .filter(p -> p.id() == plan)
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new InputException(
                              "no departure with the number %d is still to come".formatted(plan)));
          rights.requireToCancel(jdbc, by);
          DepartureRows.settle(jdbc, plan, clock.instant(), "cancelled");
          audit(jdbc, by, "departure_cancelled", planned.account(), "{}");
          return true;
        });
  }

  /**
   * Carries out what is due: planned departures, and sessions elsewhere that could not be ended
   * before. Any number of processes may do this at once.
   */
  public DepartureReport runDue(By by) {
    List<Departure> done = new ArrayList<>();
    Map<AccountId, String> refused = new LinkedHashMap<>();
    for (PlannedDeparture plan : planned()) {
      try {
        transactions.change(jdbc -> carryOut(jdbc, plan, by)).ifPresent(done::add);
      } catch (InputException | NotPermittedException e) {
        String why = String.valueOf(e.getMessage());
        refused.put(plan.account(), why);
        transactions.change(jdbc -> DepartureRows.settle(jdbc, plan.id(), clock.instant(), why));
      }
    }
    return new DepartureReport(done, refused, endElsewhere(null));
  }

  private Optional<Departure> carryOut(JdbcOperations jdbc, PlannedDeparture planned, By by) {
    return DepartureRows.claim(jdbc, planned.id(), clock.instant())
        .map(
            plan -> {
              String why = "planned by " + plan.by();
              By planner =
                  new By(by.actor(), plan.why() == null ? why : plan.why() + " (" + why + ")");
              Departure departure =
                  asked(
                      jdbc,
                      plan.account(),
                      planner,
                      plan.options(),
                      plan.offboard() ? Departure.Kind.OFFBOARDED : Departure.Kind.DEACTIVATED);
              DepartureRows.settle(jdbc, plan.id(), clock.instant(), "done");
              return departure;
            });
  }

  /** Tells places elsewhere to end what is due there; what fails is tried again later. */
  void endElsewhere() {
    sessions.endElsewhereQuietly(null);
  }

  /** The account is out in any case; what failed is tried again by {@link #runDue}. */
  private List<String> endElsewhere(@Nullable AccountId id) {
    try {
      return sessions.endElsewhere(id);
    } catch (LetheException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /** What could not yet be told to end sessions of accounts, and why. */
  public List<String> unended() {
    return transactions.look(Sessions::unended);
  }

  private void audit(JdbcOperations jdbc, By by, String action, AccountId id, String details) {
    new Audit(jdbc).append(clock.instant(), by.actor(), action, id.text(), by.reason(), details);
  }
}
