package org.lethe.server;

import com.zaxxer.hikari.HikariDataSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.account.Account;
import org.lethe.account.AccountId;
import org.lethe.account.Directory;
import org.lethe.account.LetheAccounts;
import org.lethe.account.NewAccount;
import org.lethe.account.Passwords;
import org.lethe.account.Permission;
import org.lethe.cli.admin.Admin;
import org.lethe.cli.admin.AdminSettings;
import org.lethe.policy.Policy;
import org.lethe.policy.PolicyReader;
import org.lethe.store.Stores;
import org.lethe.subject.Key;
import org.lethe.subject.request.Messenger;
import org.lethe.testkit.Plaza;
import org.lethe.testkit.PostgresServer;
import org.lethe.testkit.Samples;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * An admin that answers, over a database of its own with the sample plaza: what its tests share.
 * Close it.
 */
public final class AdminScene implements AutoCloseable {

  /** Of all accounts that are made here. */
  public static final String PASSWORD = "a-password-for-tests";

  /** Made once and cheaply: tests sign in hundreds of times, and a hash says what it costs. */
  private static final String CHEAP_HASH = Passwords.hash(PASSWORD, "pbkdf2_sha256$1000$any$any");

  private static final int CONNECTIONS = 20;
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private final HikariDataSource pool;
  private final Lethe lethe;
  private final AdminSettings settings;
  private final Admin.Running running;
  private final LetheAccounts accounts;

  private AdminScene(HikariDataSource pool, String policyYaml, Clock clock, Messenger messenger) {
    this.pool = pool;
    Policy policy = PolicyReader.read("lethe.yaml", policyYaml);
    this.lethe =
        Lethe.builder(pool)
            .policy(policy)
            .clock(clock)
            .deactivation(decisions -> LetheAccounts.of(pool, decisions, clock).byRules())
            .build();
    Key key = Key.of(SECRET);
    Stores stores = Stores.open(lethe.decisions().data().stores(), name -> null);
    this.settings =
        new AdminSettings(
            pool,
            lethe,
            policy,
            new AdminSettings.PeoplesRequests(key, stores, lethe.requests(key, stores.all())),
            messenger,
            Map.of(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            clock,
            false);
    this.running = new LetheServer().start(settings);
    this.accounts = LetheAccounts.of(pool, lethe.decisions(), clock);
  }

  /** Over plaza, with its own policy. */
  public static AdminScene plaza() {
    return plaza(Plaza.policyYaml());
  }

  /** Over plaza, with another policy. */
  public static AdminScene plaza(String policyYaml) {
    return plaza(policyYaml, (how, to, text) -> {});
  }

  /** The same, with what hands mails over. */
  public static AdminScene plaza(String policyYaml, Messenger messenger) {
    return over(Samples.plaza(), policyYaml, messenger);
  }

  /** Over tables of a test's own. */
  public static AdminScene with(String schema, String policyYaml) {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(database, schema);
    return over(database, policyYaml);
  }

  /** Over a database that is there. */
  public static AdminScene over(DataSource database, String policyYaml) {
    return over(database, policyYaml, (how, to, text) -> {});
  }

  /** Over a database that is there. */
  public static AdminScene on(DataSource database, String policyYaml) {
    return over(database, policyYaml, (how, to, text) -> {});
  }

  private static AdminScene over(DataSource database, String policyYaml, Messenger messenger) {
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSource(database);
    pool.setMaximumPoolSize(CONNECTIONS);
    return new AdminScene(pool, policyYaml, Clock.systemUTC(), messenger);
  }

  /** Where it answers, without a slash at the end. */
  public String address() {
    String address = running.address().toString();
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  public URI at(String path) {
    return URI.create(address() + path);
  }

  public Lethe lethe() {
    return lethe;
  }

  public LetheAccounts accounts() {
    return accounts;
  }

  public AdminSettings settings() {
    return settings;
  }

  public JdbcTemplate jdbc() {
    return new JdbcTemplate(pool);
  }

  /** A part of the admin, for what no browser can bring about. */
  public <T> T part(Class<T> type) {
    return ((LetheServer.RunningServer) running).context().getBean(type);
  }

  /** All that answers, as {@code GET /users}. */
  public List<String> routes() {
    return part(RequestMappingHandlerMapping.class).getHandlerMethods().keySet().stream()
        .flatMap(
            m ->
                m.getMethodsCondition().getMethods().stream()
                    .flatMap(
                        method ->
                            m.getPatternValues().stream().map(path -> method.name() + " " + path)))
        .distinct()
        .sorted()
        .toList();
  }

  public Account superuser(String login) {
    return make(login, true, true, Set.of());
  }

  /** Somebody who may sign in and do what these say, such as {@code view:post}. */
  public Account staff(String login, String... permissions) {
    return make(login, true, false, Set.of(permissions));
  }

  /** An account that may not sign in to Lethe. */
  public Account outsider(String login) {
    return make(login, false, false, Set.of());
  }

  private Account make(String login, boolean staff, boolean superuser, Set<String> permissions) {
    Directory own = accounts.directory(AccountId.OWN);
    org.lethe.trash.By test = new org.lethe.trash.By("test", null);
    @Nullable String none = null;
    Account made =
        own.create(
            new NewAccount(login, "The " + login, login + "@plaza.example", none, staff, superuser),
            new org.lethe.trash.By("test", none));
    jdbc().update("update lethe.account set password = ? where login = ?", CHEAP_HASH, login);
    List<Permission> granted =
        permissions.stream().map(Permission::of).collect(Collectors.toList());
    own.setPermissions(made.id().key(), granted, test);
    return made;
  }

  /** A browser without a screen: cookies of its own, nobody signed in. */
  public Visitor visitor() {
    return new Visitor(address());
  }

  /** Somebody who has signed in. */
  public Visitor signedIn(Account account) {
    Visitor visitor = visitor();
    visitor.signIn(account.login(), PASSWORD);
    return visitor;
  }

  @Override
  public void close() {
    running.close();
    pool.close();
  }
}
