package org.lethe.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/** Keys that a person named, as SQL that finds their rows. */
public final class GivenKeys {

  private static final int NAMED_IN_MESSAGES = 5;

  private final Catalog catalog;
  private final Dialect dialect;
  private final Roots.Keys keys;
  private final List<String> identity;

  /**
   * Checks the shape of the keys.
   *
   * @throws InputException if the table has no key, or a key has not its number of parts
   */
  public GivenKeys(Catalog catalog, Dialect dialect, Roots.Keys keys) {
    this.catalog = catalog;
    this.dialect = dialect;
    this.keys = keys;
    this.identity = catalog.table(keys.table()).identity();
    String table = catalog.displayName(keys.table());
    if (identity.isEmpty()) {
      throw new InputException(
          table
              + " has no primary key, so its rows cannot be named by key; use a predicate instead"
              + " (--where)");
    }
    for (List<String> key : keys.keys()) {
      if (key.size() != identity.size()) {
        throw new InputException(
            "a key of %s has %d part%s (%s), but one with %d was given"
                .formatted(
                    table,
                    identity.size(),
                    identity.size() == 1 ? "" : "s",
                    String.join(", ", identity),
                    key.size()));
      }
    }
  }

  /** The condition that row {@code c} is one of them; takes {@link #arguments()}. */
  public String matches(String row) {
    // One row by equality, so that the server can keep a plan that is good for any other one.
    return single()
        ? "(" + equal(row, i -> "?") + ")"
        : "exists (select 1 from " + given() + " where " + equal(row, GivenKeys::name) + ")";
  }

  /** What {@link #matches} takes. */
  public Object[] arguments() {
    return single() ? keys.keys().get(0).toArray() : arrays();
  }

  private boolean single() {
    return keys.keys().size() == 1;
  }

  /** A text array per column of the key. */
  private Object[] arrays() {
    return IntStream.range(0, identity.size())
        .mapToObj(i -> keys.keys().stream().map(k -> k.get(i)).toArray(String[]::new))
        .toArray();
  }

  /**
   * Makes sure that each key has a row in one of these tables.
   *
   * @throws RowNotFoundException naming the first that have none
   */
  void refuseMissing(JdbcOperations jdbc, List<TableId> tables) {
    Unmet unmet = unmet(jdbc, tables, t -> "");
    if (!unmet.keys().isEmpty()) {
      throw new RowNotFoundException(unmet.names());
    }
  }

  /**
   * Makes sure that none of the rows is marked as deleted; all must be there.
   *
   * @throws InputException naming the first that are
   */
  void refuseMarked(JdbcOperations jdbc, List<TableId> tables, Flags flags) {
    Unmet unmet = unmet(jdbc, tables, t -> flags.andLive(catalog.whole(t), "c"));
    if (!unmet.keys().isEmpty()) {
      throw new InputException(
          "already marked as deleted: "
              + unmet.names()
              + "; nothing was changed. Restore it from the trash first, or delete it permanently");
    }
  }

  /** Keys, the first few of them, for which no row was found that is as it should be. */
  private record Unmet(String table, List<String> keys, boolean more) {
    String names() {
      return table + " " + String.join(" ", keys) + (more ? " and more" : "");
    }
  }

  private Unmet unmet(JdbcOperations jdbc, List<TableId> tables, Function<TableId, String> as) {
    String present =
        tables.stream()
            .map(
                t ->
                    "select 1 from %s as c where %s%s"
                        .formatted(
                            dialect.ownRows(catalog.table(t)),
                            equal("c", GivenKeys::name),
                            as.apply(t)))
            .collect(Collectors.joining(" union all "));
    List<String> missing =
        jdbc.query(
            "select %s from %s where not exists (%s) order by %s limit %d"
                .formatted(names(), given(), present, names(), NAMED_IN_MESSAGES + 1),
            (rs, n) -> {
              List<String> parts = new ArrayList<>();
              for (int i = 1; i <= identity.size(); i++) {
                parts.add(rs.getString(i));
              }
              return String.join(",", parts);
            },
            arrays());
    return new Unmet(
        catalog.displayName(keys.table()),
        missing.subList(0, Math.min(missing.size(), NAMED_IN_MESSAGES)),
        missing.size() > NAMED_IN_MESSAGES);
  }

  /** Makes sure that each key has a row in the table itself. */
  public void refuseMissing(JdbcOperations jdbc) {
    refuseMissing(jdbc, List.of(keys.table()));
  }

  private String given() {
    String arrays =
        IntStream.range(0, identity.size())
            .mapToObj(i -> "?::text[]")
            .collect(Collectors.joining(", "));
    return "(select distinct %s from unnest(%s) as u(%s)) as g".formatted(names(), arrays, names());
  }

  private String names() {
    return IntStream.rangeClosed(1, identity.size())
        .mapToObj(i -> "g" + i)
        .collect(Collectors.joining(", "));
  }

  private static String name(int part) {
    return "g.g" + (part + 1);
  }

  private String equal(String row, IntFunction<String> value) {
    Table table = catalog.table(keys.table());
    return IntStream.range(0, identity.size())
        .mapToObj(
            i -> {
              String type = table.column(identity.get(i)).map(Column::type).orElseThrow();
              return "%s.%s = cast(%s as %s)"
                  .formatted(
                      row,
                      dialect.quote(identity.get(i)),
                      value.apply(i),
                      dialect.comparableType(type));
            })
        .collect(Collectors.joining(" and "));
  }
}
