package org.lethe.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.Lethe;
import org.lethe.error.InputException;
import org.lethe.policy.PolicyReader;
import org.lethe.store.Answer;
import org.lethe.store.Description;
import org.lethe.store.ExportSink;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Store;
import org.lethe.store.Stores;
import org.lethe.store.Subject;
import org.lethe.subject.request.State;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import redis.embedded.RedisServer;

/** Redis, files and another database, and what is found where the policy forgets something. */
@SuppressWarnings("NullAway.Init")
class CanaryStoresTest {

  private static RedisServer server;
  private static RedisClient client;
  private static RedisCommands<String, String> redis;
  private static int port;

  @TempDir private Path uploads;
  private PGSimpleDataSource database;
  private PGSimpleDataSource crm;

  @BeforeAll
  static void start() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    server = RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
    server.start();
    client = RedisClient.create(RedisURI.create("127.0.0.1", port));
    redis = client.connect().sync();
  }

  @AfterAll
  static void stop() throws IOException {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    server.stop();
  }

  @BeforeEach
  void create() {
    redis.flushall();
    database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(
        database,
        """
        create table customer (id int generated always as identity primary key, email text not null unique);
        """);
    LedgerSchema.migrate(database);
    crm = PostgresServer.shared().createDatabase();
    PostgresServer.execute(
        crm,
        """
        create table contact (id int generated always as identity primary key, email text, note text);
        create table newsletter (email text primary key);
        """);
  }

  private String policy() {
    return """
        version: 1
        tables:
          customer: { columns: { email: { category: contact } } }
        subjects:
          customer: { table: customer, identify_by: [email, id] }
        stores:
          sessions:
            redis: "redis://127.0.0.1:%d"
            keys: ["session:{id}:*", "cart:{id}"]
          uploads:
            files: "%s"
            paths: ["avatars/{id}.*", "letters/{id}/**"]
          crm:
            jdbc: "%s"
            user: "%s"
            tables:
              - { table: contact, where: { email: "{email}" } }
              - { table: newsletter, where: { email: "{email}" } }
        """
        .formatted(port, uploads, crm.getURL().replaceAll("\\?.*", ""), crm.getUser());
  }

  private CanaryReport run(String policy, Consumer<Canary> more) {
    Lethe lethe = Lethe.of(database, PolicyReader.read("lethe.yaml", policy));
    try (Stores stores = Stores.open(lethe.decisions().data().stores(), name -> null)) {
      Canary canary =
          Canary.of(lethe, database, "customer")
              .stores(stores.all())
              .seed(
                  "sessions",
                  person -> {
                    redis.hset("session:" + person.value("id") + ":1", "agent", person.token());
                    redis.set("cart:" + person.value("id"), person.token());
                    redis.set("session:999:1", "somebody else's");
                  })
              .seed(
                  "uploads",
                  person -> {
                    write("avatars/" + person.value("id") + ".png", "picture " + person.token());
                    write("letters/" + person.value("id") + "/" + person.token() + ".txt", "hello");
                  })
              .seed(
                  "crm",
                  person -> {
                    JdbcTemplate sql = new JdbcTemplate(crm);
                    sql.update(
                        "insert into contact (email, note) values (?, ?)",
                        person.value("email"),
                        "likes " + person.token());
                    sql.update("insert into newsletter values (?)", person.value("email"));
                  });
      more.accept(canary);
      return canary.assertErased();
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = uploads.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String without(String part, String instead) {
    assertThat(policy()).contains(part);
    return policy().replace(part, instead);
  }

  private void assertFound(String policy, String message) {
    assertThatThrownBy(() -> run(policy, c -> {}))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message);
  }

  @Test
  void nothingIsLeftAnywhere() {
    CanaryReport report = run(policy(), c -> {});
    assertThat(report.state()).isEqualTo(State.COMPLETED);
    assertThat(report.searched()).containsExactly("sessions", "uploads", "crm");
    assertThat(report.retained()).isEmpty();
    assertThat(redis.keys("*")).containsExactly("session:999:1");
  }

  @Test
  void aPatternOfKeysThatIsMissingIsFound() {
    assertFound(
        without(", \"cart:{id}\"", ""),
        "store sessions: the canary is still in key cart:1; name it under stores: sessions");
  }

  @Test
  void aPatternOfPathsThatIsMissingIsFound() {
    assertFound(
        without(", \"letters/{id}/**\"", ""),
        "store uploads: the canary is still in path letters/1/cn");
  }

  @Test
  void aTableThatIsMissingIsFound() {
    assertFound(
        without("      - { table: newsletter, where: { email: \"{email}\" } }\n", ""),
        "store crm: the canary is still in public.newsletter.email");
  }

  @Test
  void aStoreOfWhichThePolicySeesNothingIsNamed() {
    assertFound(
        without("\"session:{id}:*\", \"cart:{id}\"", "\"sessions:{id}:*\""),
        "store sessions: the policy sees nothing of the canary in it, although the canary is in key ");
  }

  @Test
  void aStoreIntoWhichNothingWasPutIsNamed() {
    assertThatThrownBy(() -> run(policy(), c -> c.seed("crm", person -> {})))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(
            "store crm: the policy sees nothing of the canary in it, and nothing is there; put something in with .seed(\"crm\", person -> ...)");
    assertThatThrownBy(
            () ->
                run(
                    policy(),
                    c -> c.seed("sessions", p -> redis.set("cart:" + p.value("id"), "apples"))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("store sessions: what was put into it does not hold the canary");
    assertThatThrownBy(() -> run(policy(), c -> c.seed("session", person -> {})))
        .isInstanceOf(InputException.class)
        .hasMessage("there is no store session; there is sessions, uploads, crm");
  }

  /** A store that cannot be looked through, and forgets or not. */
  private record Box(String name, List<String> content, boolean honest, boolean verifies)
      implements Store {

    @Override
    public Description describe() {
      return new Description(name, "box", false, true, "");
    }

    @Override
    public void locate(Subject who, Consumer<Locator> found) {
      who.values("id").stream()
          .filter(id -> !verifies || content.contains(id))
          .forEach(id -> found.accept(new Locator("boxes", id)));
    }

    @Override
    public void export(Locator piece, ExportSink to) {}

    @Override
    public Answer erase(Locator piece) {
      if (honest) {
        content.remove(piece.handle());
      }
      return new Answer.Done(Outcome.REMOVED, 1);
    }

    @Override
    public boolean verifies() {
      return verifies;
    }

    @Override
    public boolean holds(Locator piece) {
      return content.contains(piece.handle());
    }
  }

  private CanaryReport run(Box box) {
    String alone = policy().substring(0, policy().indexOf("stores:"));
    return Canary.of(
            Lethe.of(database, PolicyReader.read("lethe.yaml", alone)), database, "customer")
        .stores(List.of(box))
        .seed("box", person -> box.content().add(person.value("id")))
        .assertErased();
  }

  @Test
  void storesThatCannotBeLookedThroughAreAskedAndNamed() {
    assertThat(run(new Box("box", new ArrayList<>(), true, true)).asked()).containsExactly("box");
    assertThat(run(new Box("box", new ArrayList<>(), true, false)).notSearched())
        .containsExactly("box");
    assertThatThrownBy(() -> run(new Box("box", new ArrayList<>(), false, true)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("store box: still has boxes");
  }
}
