package org.lethe.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts, and keeps, the statements that go over a data source. Thread-safe. */
final class StatementCounter extends DelegatingDataSource {

  private final List<String> statements = Collections.synchronizedList(new ArrayList<>());

  StatementCounter(DataSource target) {
    super(target);
  }

  List<String> statements() {
    return List.copyOf(statements);
  }

  void reset() {
    statements.clear();
  }

  @Override
  public Connection getConnection() throws java.sql.SQLException {
    return watch(Connection.class, super.getConnection(), null);
  }

  private <T> T watch(Class<T> type, T target, @Nullable String prepared) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> intercept(target, method, args, prepared)));
  }

  private @Nullable Object intercept(
      Object target, Method method, Object @Nullable [] args, @Nullable String prepared)
      throws Throwable {
    String sql = args != null && args.length > 0 && args[0] instanceof String s ? s : prepared;
    if (method.getName().startsWith("execute") && sql != null) {
      statements.add(sql);
    }
    Object result;
    try {
      result = method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
    if (result instanceof PreparedStatement p && method.getName().equals("prepareStatement")) {
      return watch(PreparedStatement.class, p, sql);
    }
    return result instanceof Statement s && method.getName().equals("createStatement")
        ? watch(Statement.class, s, null)
        : result;
  }
}
