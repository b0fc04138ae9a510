package org.lethe.account;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Accounts;
import org.lethe.policy.Decisions;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sessions that Django itself keeps in the database. Whose they are stands inside of them, where no
 * statement could look: they are read, one by one, and those of an account deleted. A session of a
 * user who is not active is nobody's to Django, but would be theirs again when they come back.
 */
final class DjangoSessions {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int FETCHED = 1000;

  /** None that tells who signed in is longer; larger ones are left alone. */
  private static final int LARGEST = 1 << 20;

  private final String table;

  private DjangoSessions(String table) {
    this.table = table;
  }

  /** Empty where the application's accounts are not Django's, or it keeps sessions elsewhere. */
  static Optional<DjangoSessions> in(Decisions decisions, Dialect dialect) {
    return decisions
        .accounts()
        .filter(Accounts::django)
        .map(
            a ->
                decisions.catalog().tables().get(new TableId(a.table().schema(), "django_session")))
        .filter(DjangoSessions::fits)
        .map(t -> new DjangoSessions(dialect.quote(t.id())));
  }

  private static boolean fits(Table table) {
    return List.of("session_key", "session_data", "expire_date").stream()
        .allMatch(c -> table.column(c).isPresent());
  }

  /** Deletes those of an account, within the caller's transaction; how many there were. */
  long end(JdbcOperations jdbc, String key) {
    List<String> theirs = new ArrayList<>();
    jdbc.query(
        connection -> {
          var statement =
              connection.prepareStatement(
                  "select session_key, session_data from %s where expire_date > now()"
                      .formatted(table));
          statement.setFetchSize(FETCHED);
          return statement;
        },
        rs -> {
          if (key.equals(user(rs.getString(2)))) {
            theirs.add(rs.getString(1));
          }
        });
    long ended = 0;
    for (String session : theirs) {
      ended += jdbc.update("delete from %s where session_key = ?".formatted(table), session);
    }
    return ended;
  }

  /** Who signed in, as text; null where nobody did, or it is written in another way. */
  static @Nullable String user(String data) {
    try {
      JsonNode user = JSON.readTree(json(data)).path("_auth_user_id");
      return user.isString() ? user.asString() : null;
    } catch (JacksonException | IllegalArgumentException | DataFormatException e) {
      return null;
    }
  }

  /** Since Django 3.1 signed and perhaps compressed; before, behind a hash. */
  private static byte[] json(String data) throws DataFormatException {
    boolean compressed = data.startsWith(".");
    String text = compressed ? data.substring(1) : data;
    int end = text.indexOf(':');
    if (end < 0) {
      byte[] old = Base64.getDecoder().decode(text.strip());
      String whole = new String(old, StandardCharsets.UTF_8);
      return whole.substring(whole.indexOf(':') + 1).getBytes(StandardCharsets.UTF_8);
    }
    byte[] payload = Base64.getUrlDecoder().decode(text.substring(0, end));
    return compressed ? inflated(payload) : payload;
  }

  private static byte[] inflated(byte[] compressed) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed);
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      byte[] part = new byte[4096];
      while (!inflater.finished() && whole.size() < LARGEST) {
        int n = inflater.inflate(part);
        if (n == 0) {
          throw new DataFormatException();
        }
        whole.write(part, 0, n);
      }
      return whole.toByteArray();
    } finally {
      inflater.end();
    }
  }
}
