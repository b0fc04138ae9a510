package org.lethe.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A data source whose every word to the database somebody hears, and may answer with a failure. */
final class WatchedDataSource extends DelegatingDataSource {

  /** Hears of statements and commits; may throw. */
  interface Watcher {
    void before(Connection connection, boolean commit) throws SQLException;

    void after(Connection connection, boolean commit) throws SQLException;
  }

  private final Watcher watcher;

  WatchedDataSource(DataSource target, Watcher watcher) {
    super(target);
    this.watcher = watcher;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection real = super.getConnection();
    return watched(Connection.class, real, real);
  }

  private <T> T watched(Class<T> type, T real, Connection connection) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              boolean commit = method.getName().equals("commit");
              boolean speaks = commit || method.getName().startsWith("execute");
              if (speaks) {
                watcher.before(connection, commit);
              }
              Object result = call(() -> method.invoke(real, arguments));
              if (speaks) {
                watcher.after(connection, commit);
              }
              return statement(result, connection);
            });
    return type.cast(proxy);
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
