package org.lethe.stores.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.error.InputException;
import org.lethe.store.Answer;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Shape;
import org.lethe.store.Store;
import org.lethe.store.Subject;
import org.lethe.stores.Collected;
import org.lethe.stores.StoreContract;

/** What holds for every engine. A subclass brings one. */
abstract class JdbcContract extends StoreContract {

  abstract Connection connect() throws SQLException;

  abstract String url();

  abstract String urlOfNobody();

  abstract String urlAt(int port);

  /** The statements that make the tables anew. */
  abstract List<String> tables();

  @BeforeEach
  void makeTables() throws SQLException {
    try (Connection c = connect();
        Statement s = c.createStatement()) {
      for (String table : List.of("note", "contact", "Mail List", "num", "twin")) {
        s.execute("drop table if exists " + quoted(s, table));
      }
      for (String table : tables()) {
        s.execute(table);
      }
    }
  }

  private static String quoted(Statement s, String name) throws SQLException {
    String quote = s.getConnection().getMetaData().getIdentifierQuoteString();
    return quote + name + quote;
  }

  @Override
  protected Map<String, Object> settings() {
    return settings(url(), "delete");
  }

  @Override
  protected Map<String, Object> settingsOfNobody() {
    return settings(urlOfNobody(), "delete");
  }

  static Map<String, Object> settings(String url, Object erase) {
    Map<String, Object> contact = new HashMap<>();
    contact.put("table", "contact");
    contact.put("where", Map.of("customer", "{customer_id}"));
    contact.put("erase", erase);
    return Map.of(
        "jdbc",
        url,
        "tables",
        List.of(
            Map.of("table", "note", "where", Map.of("customer", "{customer_id}")),
            contact,
            Map.of("table", "Mail List", "where", Map.of("who", "{customer_id}"))));
  }

  @Override
  protected void put(String customer) throws SQLException {
    try (Connection c = connect()) {
      String q = c.getMetaData().getIdentifierQuoteString();
      insert(c, "insert into contact (customer, name) values (?, ?)", customer);
      insert(c, "insert into note (customer, body) values (?, ?)", customer);
      String list = q + "Mail List" + q;
      insert(c, "insert into %s (who, %sorder%s) values (?, ?)".formatted(list, q, q), customer);
    }
  }

  private static void insert(Connection c, String sql, String customer) throws SQLException {
    try (PreparedStatement s = c.prepareStatement(sql)) {
      s.setString(1, customer);
      s.setString(2, secretOf(customer));
      s.executeUpdate();
    }
  }

  @Override
  protected int pieces() {
    return 3;
  }

  @Override
  protected Map<String, String> content() throws SQLException {
    Map<String, String> content = new TreeMap<>();
    try (Connection c = connect();
        Statement s = c.createStatement()) {
      for (String table : List.of("note", "contact", "Mail List")) {
        try (ResultSet rows = s.executeQuery("select * from " + quoted(s, table))) {
          while (rows.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              row.append(rows.getString(i)).append('|');
            }
            content.put(table + " " + rows.getString(1) + " " + rows.getString(2), row.toString());
          }
        }
      }
    }
    return content;
  }

  void execute(String... statements) throws SQLException {
    try (Connection c = connect();
        Statement s = c.createStatement()) {
      for (String statement : statements) {
        s.execute(statement);
      }
    }
  }

  @Test
  void anonymisesWhatTheRowKeeps() throws Exception {
    put(JANE);
    put(LONG);
    Map<String, Object> erase = new HashMap<>();
    erase.put("name", null);
    erase.put("customer", "erased-{id}");
    try (Store store = open(settings(url(), erase))) {
      List<Locator> pieces = locate(store, person(JANE));
      Locator contact =
          pieces.stream().filter(p -> p.place().equals("contact")).findFirst().orElseThrow();
      pieces.stream().filter(p -> !p.equals(contact)).forEach(store::erase);
      assertThat(store.holds(contact)).isTrue();
      assertThat(store.erase(contact)).isEqualTo(new Answer.Done(Outcome.ANONYMISED, 1));
      assertThat(store.holds(contact)).isFalse();
      Map<String, String> after = content();
      assertThat(store.erase(contact)).isEqualTo(new Answer.Done(Outcome.NOT_FOUND, 0));
      assertThat(content()).isEqualTo(after);
      assertThat(after.toString()).contains("erased-").contains(secretOf(LONG));
      assertThat(after.toString()).doesNotContain(secretOf(JANE)).doesNotContain(JANE + "|");
    }
  }

  @Test
  void aParentListedBeforeItsChildIsRefused() throws Exception {
    put(JANE);
    Map<String, Object> settings =
        Map.of(
            "jdbc", url(),
            "tables", Map.of("table", "contact", "where", Map.of("customer", "{customer_id}")));
    Map<String, String> before = content();
    try (Store store = open(settings)) {
      Locator piece = locate(store, person(JANE)).get(0);
      assertFails(() -> store.erase(piece), "constraint");
    }
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void normalisesWhereAsked() throws Exception {
    execute(
        "insert into twin (id, email) values ('a', ' Jane@Example.ORG'), ('b', 'jane@example.org'),"
            + " ('c', 'jané@example.org'), ('d', 'jane@example.or')");
    Subject who = new Subject("customer", Map.of("email", List.of("JANE@example.org ")));
    Map<String, Object> table =
        Map.of("table", "twin", "where", Map.of("email", "{email}"), "normalise", "lower_trim");
    try (Store store = open(Map.of("jdbc", url(), "tables", table))) {
      assertThat(locate(store, who)).hasSize(2);
    }
  }

  @Test
  void whatACollationTakesForTheSameIsNot() throws Exception {
    execute(
        "insert into twin (id, email) values ('a', 'Jose'), ('b', 'José'), ('c', 'jose'),"
            + " ('d', 'Jose ')");
    Subject who = new Subject("customer", Map.of("email", List.of("José")));
    Map<String, Object> table = Map.of("table", "twin", "where", Map.of("email", "{email}"));
    try (Store store = open(Map.of("jdbc", url(), "tables", table))) {
      assertThat(locate(store, who))
          .extracting(Locator::handle)
          .singleElement()
          .asString()
          .contains("\"b\"");
    }
  }

  @Test
  void columnsThatAreNoTextAndKeysOfSeveral() throws Exception {
    execute("insert into num values (7, 1, 'x'), (7, 2, 'y'), (77, 1, 'z')");
    Map<String, Object> table =
        Map.of("table", "num", "where", Map.of("a", "{customer_id}"), "columns", List.of("a", "b"));
    try (Store store = open(Map.of("jdbc", url(), "tables", table))) {
      assertThat(locate(store, person("7 or 1=1"))).isEmpty();
      assertThat(locate(store, person("7x"))).isEmpty();
      assertThat(locate(store, person(""))).isEmpty();
      List<Locator> pieces = locate(store, person("7"));
      assertThat(pieces).hasSize(2);
      Collected out = new Collected();
      pieces.forEach(p -> store.export(p, out));
      assertThat(out.text()).isEqualTo("[{\"a\":7,\"b\":1},{\"a\":7,\"b\":2}]");
      assertThat(pieces).allMatch(p -> store.erase(p).equals(new Answer.Done(Outcome.REMOVED, 1)));
    }
    try (Connection c = connect();
        Statement s = c.createStatement();
        ResultSet left = s.executeQuery("select count(*), min(a) from num")) {
      left.next();
      assertThat(left.getInt(1)).isEqualTo(1);
      assertThat(left.getInt(2)).isEqualTo(77);
    }
  }

  @Test
  void aTableThatIsNotThereIsAFaultOfThePolicy() {
    Map<String, Object> table = Map.of("table", "no", "where", Map.of("a", "{customer_id}"));
    try (Store store = open(Map.of("jdbc", url(), "tables", table))) {
      assertFails(() -> locate(store, person(JANE)), "tested", "42");
    }
  }

  @Test
  void aTableWithoutAKeyNeedsOneNamed() throws Exception {
    execute("insert into twin (id, email) values ('a', 'x')");
    execute("create table if not exists keyless (a varchar(20))");
    Map<String, Object> table = Map.of("table", "keyless", "where", Map.of("a", "{customer_id}"));
    try (Store store = open(Map.of("jdbc", url(), "tables", table))) {
      assertFails(() -> locate(store, person(JANE)), "keyless", "key: [");
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsNotWaitedForLong() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0)) {
      Map<String, Object> settings = new HashMap<>(settings(urlAt(deaf.getLocalPort()), "delete"));
      settings.put("timeout", "PT1S");
      long start = System.nanoTime();
      try (Store store = open(settings)) {
        assertPasses(() -> locate(store, person(JANE)));
      }
      assertThat(System.nanoTime() - start).isLessThan(8_000_000_000L);
    }
  }

  @Test
  void theSurveyListsTables() {
    try (Store store = open(settings())) {
      assertThat(store.survey())
          .contains(new Shape("contact", true, 1), new Shape("twin", false, 1));
    }
  }

  @Test
  void faultsOfThePolicyAreSaidBeforeAnythingIsAsked() {
    assertThatThrownBy(() -> open(settings("jdbc:nosuch://x/y", "delete")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("driver for nosuch");
    assertThatThrownBy(() -> open(settings(url(), "delet")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("stores.tested.tables[1].erase");
    Map<String, Object> everybody = Map.of("table", "contact", "where", Map.of("a", "x"));
    assertThatThrownBy(() -> open(Map.of("jdbc", url(), "tables", everybody)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("everybody");
  }
}
