package org.lethe.trash;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source whose user drops dead at one word to the database: the line is cut as the system
 * does for a process that ends, and what is thrown is nothing that anybody handles. A word is a
 * statement or a commit.
 */
class DyingDataSource extends DelegatingDataSource {

  /** What a dead process would not live to see. */
  static final class Dead extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final int fatal;
  private final boolean after;
  private final Runnable committed;
  private int words;
  private final List<Integer> commits = new ArrayList<>();
  private boolean dead;

  /**
   * @param fatal the word at which it dies, from 1; 0 for never
   * @param after whether that word still arrives, and is answered
   * @param committed called after each commit
   */
  DyingDataSource(DataSource target, int fatal, boolean after, Runnable committed) {
    super(target);
    this.fatal = fatal;
    this.after = after;
    this.committed = committed;
  }

  int words() {
    return words;
  }

  /** Commits that the database has heard of. */
  int commits() {
    return commits.size();
  }

  /** Which words were commits that the database has heard of. */
  List<Integer> commitWords() {
    return List.copyOf(commits);
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (dead) {
      throw new Dead();
    }
    Connection real = super.getConnection();
    return watched(Connection.class, real, real);
  }

  private <T> T watched(Class<T> type, T real, Connection connection) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (dead && !method.getName().equals("close")) {
                throw new Dead();
              }
              boolean commit = method.getName().equals("commit");
              boolean speaks = commit || method.getName().startsWith("execute");
              if (speaks && ++words == fatal && !after) {
                die(connection);
              }
              Object result = call(() -> method.invoke(real, arguments));
              if (commit) {
                commits.add(words);
                committed.run();
              }
              if (speaks && words == fatal) {
                die(connection);
              }
              return statement(result, connection);
            }));
  }

  /** What happens at the fatal word. */
  void die(Connection connection) throws SQLException {
    dead = true;
    connection.abort(Runnable::run);
    throw new Dead();
  }

  private @Nullable Object statement(@Nullable Object result, Connection connection) {
    if (result instanceof PreparedStatement s) {
      return watched(PreparedStatement.class, s, connection);
    }
    return result instanceof Statement s ? watched(Statement.class, s, connection) : result;
  }

  private interface Call {
    @Nullable Object run() throws IllegalAccessException, InvocationTargetException;
  }

  private static @Nullable Object call(Call call) throws Throwable {
    try {
      return call.run();
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
