package org.lethe.account;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.StandIn;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.error.NotPermittedException;
import org.lethe.execute.Backoff;
import org.lethe.execute.Transactions;
import org.lethe.policy.Accounts;
import org.lethe.policy.Decisions;
import org.lethe.policy.SessionRule;
import org.lethe.retention.Deactivation;
import org.lethe.subject.Key;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Accounts of both directories, Lethe's own and the application's: who may sign in and do what. The
 * tables must be there: see {@link AccountSchema#migrate}. Joins the caller's transaction where a
 * Spring transaction on the same data source is active. Thread-safe.
 */
public final class LetheAccounts {

  private final List<Directory> directories;
  private final Transactions transactions;
  private final SignIn signIn;
  private final Departures departures;
  private final DeletedUser deletedUser;
  private final Handover handover;
  private final ApiTokens tokens;
  private final PasswordResets resets;
  private final SecondFactor secondFactor;
  private final Optional<DjangoPermissions> django;
  private final String firstSchema;

  private LetheAccounts(Builder builder) {
    Decisions decisions = builder.decisions;
    Dialect dialect = Dialect.of(decisions.catalog());
    this.transactions = new Transactions(builder.dataSource, dialect, Backoff.DEFAULT);
    List<AccountRows> rows =
        Stream.concat(Stream.of(AccountTables.OWN), AccountTables.ofApplication(decisions).stream())
            .map(
                tables ->
                    new AccountRows(
                        tables,
                        dialect,
                        new StandIn(decisions, dialect).is(tables.table(), "a", true)))
            .toList();
    Guards guards = new Guards(rows);
    Clock clock = builder.clock;
    this.django = DjangoPermissions.in(decisions, dialect);
    this.firstSchema = decisions.catalog().searchPath().stream().findFirst().orElse("public");
    List<SessionRule> rules = decisions.accounts().map(Accounts::sessions).orElse(List.of());
    List<SessionEnder> enders = new ArrayList<>(builder.enders);
    for (SessionRule rule : rules) {
      if (rule instanceof SessionRule.InStore store) {
        enders.add(new StoreSessions(store.store(), builder.environment));
      }
    }
    Sessions sessions =
        new Sessions(
            dialect,
            transactions,
            clock,
            rules,
            enders,
            rows,
            DjangoSessions.in(decisions, dialect));
    this.directories =
        rows.stream()
            .map(r -> new Directory(r, dialect, guards, sessions, transactions, clock))
            .toList();
    this.signIn = new SignIn(directories, transactions, clock);
    this.departures =
        new Departures(
            this, guards, sessions, transactions, clock, new DepartureRights(this, null));
    this.deletedUser = new DeletedUser(this, decisions, transactions, clock);
    this.handover = new Handover(decisions, dialect, transactions);
    this.tokens = new ApiTokens(this, transactions, clock);
    this.resets = new PasswordResets(this, sessions, transactions, clock);
    this.secondFactor = new SecondFactor(builder.key, transactions, clock);
  }

  /**
   * The accounts of a database. Migrates nothing.
   *
   * @param decisions whose policy may map the application's accounts
   * @throws InputException if the policy ends sessions in a kind of store that is not on the class
   *     path
   */
  public static LetheAccounts of(DataSource dataSource, Decisions decisions, Clock clock) {
    return builder(dataSource, decisions).clock(clock).build();
  }

  public static Builder builder(DataSource dataSource, Decisions decisions) {
    return new Builder(dataSource, decisions);
  }

  /** Settings of a {@link LetheAccounts}; not thread-safe. */
  public static final class Builder {

    private final DataSource dataSource;
    private final Decisions decisions;
    private Clock clock = Clock.systemUTC();
    private Function<String, @Nullable String> environment = System::getenv;
    private @Nullable Key key;
    private final List<SessionEnder> enders = new ArrayList<>();

    private Builder(DataSource dataSource, Decisions decisions) {
      this.dataSource = dataSource;
      this.decisions = decisions;
    }

    /** What tells the time. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** The values of environment variables that the policy names; null where one is not set. */
    public Builder environment(Function<String, @Nullable String> environment) {
      this.environment = environment;
      return this;
    }

    /** Seals what second factors are made from; without one there are none. */
    public Builder key(@Nullable Key key) {
      this.key = key;
      return this;
    }

    /** Another place where accounts of the application have sessions. */
    public Builder sessions(SessionEnder ender) {
      this.enders.add(ender);
      return this;
    }

    /**
     * Makes it.
     *
     * @throws InputException if the policy ends sessions in a kind of store that is not on the
     *     class path
     */
    public LetheAccounts build() {
      return new LetheAccounts(this);
    }
  }

  /** Lethe's own, and the application's where the policy maps one. */
  public List<Directory> directories() {
    return directories;
  }

  /**
   * A directory by name.
   *
   * @throws InputException if there is none
   */
  public Directory directory(String name) {
    return directories.stream()
        .filter(d -> d.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    name.equals(AccountId.APP)
                        ? "the policy says nothing of the application's accounts; write accounts: { table: TABLE, active: COLUMN, login: COLUMN }"
                        : "there is no directory \"%s\"; accounts are named lethe:KEY or app:KEY"
                            .formatted(name)));
  }

  /**
   * An account.
   *
   * @throws InputException if there is no such directory
   */
  public Optional<Account> find(AccountId id) {
    return directory(id.directory()).find(id.key());
  }

  /**
   * Those of these accounts that there are, with one statement for each directory; what is in a
   * directory that the policy maps no more is not found.
   */
  public Map<AccountId, Account> find(Collection<AccountId> ids) {
    Map<AccountId, Account> found = new HashMap<>();
    for (Directory directory : directories) {
      List<String> keys =
          ids.stream()
              .filter(id -> id.directory().equals(directory.name()))
              .map(AccountId::key)
              .toList();
      directory.find(keys).forEach(a -> found.put(a.id(), a));
    }
    return found;
  }

  /** An account by login or e-mail address; Lethe's own before the application's. */
  public Optional<Account> byLogin(String login) {
    return directories.stream().flatMap(d -> d.byLogin(login).stream()).findFirst();
  }

  /** What an account may do now; nothing if it is deactivated, or neither staff nor superuser. */
  public Rights rights(Account account) {
    AccountId id = account.id();
    Directory directory = directory(id.directory());
    return transactions.look(
        jdbc -> {
          Account now = directory.rows().find(jdbc, id.key()).orElse(null);
          if (now == null || !now.active()) {
            return Rights.NONE;
          }
          if (now.superuser()) {
            return Rights.ofSuperuser();
          }
          if (!now.staff()) {
            return Rights.NONE;
          }
          Set<Permission> all = new HashSet<>(PermissionRows.of(jdbc, id));
          if (directory.can(Ability.GROUPS)) {
            for (Group group : directory.groupRows().of(jdbc, id.key())) {
              all.addAll(PermissionRows.ofGroup(jdbc, id.directory(), group.key()));
            }
          }
          if (id.directory().equals(AccountId.APP)) {
            django.ifPresent(d -> all.addAll(d.of(jdbc, id.key())));
          }
          return Rights.of(all, firstSchema);
        });
  }

  /** Lets people in who know a password. */
  public SignIn signIn() {
    return signIn;
  }

  /** Lets people leave and come back. */
  public Departures departures() {
    return departures;
  }

  /** The account of the application that stands in for those that are gone. */
  public DeletedUser deletedUser() {
    return deletedUser;
  }

  /** Lets rows that refer to one account of the application refer to another. */
  public Handover handover() {
    return handover;
  }

  /**
   * For {@link org.lethe.LetheBuilder#deactivation}: lets rules of the policy do to accounts what
   * {@link #departures} does.
   */
  public Deactivation byRules() {
    return new RuleDepartures(departures);
  }

  /** What programs sign in with. */
  public ApiTokens tokens() {
    return tokens;
  }

  /** New passwords for those who forgot theirs. */
  public PasswordResets resets() {
    return resets;
  }

  /** Codes that some accounts want beside the password. */
  public SecondFactor secondFactor() {
    return secondFactor;
  }

  Rights scopes(Set<Permission> scopes) {
    return Rights.of(scopes, firstSchema);
  }

  /** The account that acts, where it is one: {@code lethe:3}. */
  Optional<Account> actor(JdbcOperations jdbc, By by) {
    for (Directory directory : directories) {
      String prefix = directory.name() + ":";
      if (by.actor().startsWith(prefix) && by.actor().length() > prefix.length()) {
        AccountId id = AccountId.of(by.actor());
        return Optional.of(
            directory
                .rows()
                .find(jdbc, id.key())
                .orElseThrow(
                    () ->
                        new NotPermittedException(
                            "your own account is gone; nothing was changed")));
      }
    }
    return Optional.empty();
  }
}
