package org.lethe.subject;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Labels;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.policy.Category;
import org.lethe.policy.Decisions;
import org.lethe.policy.SubjectType;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.store.Subject;
import org.springframework.jdbc.core.JdbcOperations;

/** Finds people by what identifies them. Inside one transaction. */
public final class People {

  private static final Set<String> WHOLE_NUMBERS = Set.of("smallint", "integer", "bigint");

  /** As the database writes it, and no longer than it can be. */
  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9]\\d{0,17}");

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;

  public People(Decisions decisions, Dialect dialect, JdbcOperations jdbc) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
  }

  /**
   * A sort of person by its name.
   *
   * @throws InputException if the policy has none such
   */
  public static SubjectType type(Decisions decisions, String name) {
    Map<String, SubjectType> known = decisions.data().subjects();
    SubjectType type = known.get(name);
    if (type == null) {
      throw new InputException(
          known.isEmpty()
              ? "the policy names no subjects; add subjects: { NAME: { table: TABLE, identify_by:"
                  + " [COLUMN] } }"
              : "the policy has no subject %s; it has %s"
                  .formatted(name, String.join(", ", known.keySet())));
    }
    return type;
  }

  /**
   * Finds one person.
   *
   * @param given a value of any of the columns that identify one, or {@code column=value}
   * @return their row may also be only in the trash
   * @throws InputException if nobody has it, or more than one
   */
  public Person find(SubjectType type, String given) {
    Table table = decisions.catalog().table(type.table());
    String value = given;
    List<String> columns = type.identifyBy();
    int equals = given.indexOf('=');
    if (equals > 0 && table.column(given.substring(0, equals)).isPresent()) {
      columns = List.of(given.substring(0, equals));
      value = given.substring(equals + 1);
    }
    Set<List<String>> keys = new LinkedHashSet<>();
    List<String> by = new ArrayList<>();
    for (String name : columns) {
      List<List<String>> found = keys(table, table.column(name).orElseThrow(), value);
      if (!found.isEmpty()) {
        by.add(name);
        keys.addAll(found);
      }
    }
    String what = type.name() + " with this " + String.join(" or ", columns);
    if (keys.isEmpty()) {
      List<Person> trashed = trashed(type, table).find(columns, value);
      if (trashed.size() == 1) {
        return trashed.get(0);
      }
      throw new InputException(
          (trashed.isEmpty() ? "there is no " : "the trash has more than one ") + what);
    }
    if (keys.size() > 1) {
      throw new InputException(
          "there is more than one %s; name one as %s=VALUE"
              .formatted(what, by.size() > 1 ? by.get(0) : String.join(",", table.identity())));
    }
    return person(type, keys.iterator().next());
  }

  /** A person by the key of a row of theirs that is only in the trash; empty if none is. */
  public Optional<Person> inTrash(SubjectType type, List<String> key) {
    Table table = decisions.catalog().table(type.table());
    return trashed(type, table).find(key).stream().findFirst();
  }

  private TrashedPeople trashed(SubjectType type, Table table) {
    return new TrashedPeople(jdbc, type, table, identifying(type, table));
  }

  /** Whether there is a row with this key. */
  public boolean alive(SubjectType type, List<String> key) {
    return live(type, key).isPresent();
  }

  /**
   * A person by the key of their row.
   *
   * @throws InputException if there is no such row
   */
  public Person person(SubjectType type, List<String> key) {
    return live(type, key)
        .orElseThrow(
            () ->
                new InputException(
                    "there is no %s %s".formatted(type.name(), String.join(",", key))));
  }

  /** A person by the key of their row; empty if there is no such row, or only in the trash. */
  public Optional<Person> live(SubjectType type, List<String> key) {
    Table table = decisions.catalog().table(type.table());
    List<String> columns = identifying(type, table);
    Labels labels = new Labels(dialect, table, decisions.label(table.id()));
    String select =
        columns.stream()
            .map(c -> "c." + dialect.quote(c) + "::text")
            .collect(Collectors.joining(", "));
    String where =
        table.identity().stream()
            .map(
                c ->
                    "c.%s = cast(? as %s)"
                        .formatted(
                            dialect.quote(c),
                            dialect.comparableType(table.column(c).orElseThrow().type())))
            .collect(Collectors.joining(" and "));
    return jdbc
        .query(
            "select %s, %s from %s as c where %s"
                .formatted(labels.columns("c"), select, dialect.ownRows(table), where),
            (rs, n) -> {
              Map<String, List<String>> values = new LinkedHashMap<>();
              for (int i = 0; i < columns.size(); i++) {
                @Nullable String value = rs.getString(labels.width() + 1 + i);
                values.put(columns.get(i), value == null ? List.of() : List.of(value));
              }
              return new Person(
                  type, key, new Subject(type.name(), values), labels.read(rs, 1).label());
            },
            key.toArray())
        .stream()
        .findFirst();
  }

  /**
   * The keys of all people whose row fulfils a condition, in order.
   *
   * @param where the operator's own SQL, with the table under its own name
   */
  public List<List<String>> keys(SubjectType type, String where) {
    Table table = decisions.catalog().table(type.table());
    String row = dialect.quote(type.table().name());
    String columns =
        table.identity().stream()
            .map(c -> row + "." + dialect.quote(c))
            .collect(Collectors.joining(", "));
    String texts =
        table.identity().stream()
            .map(c -> row + "." + dialect.quote(c) + "::text")
            .collect(Collectors.joining(", "));
    // Nothing is bound: a question mark may well be an operator of the condition.
    return jdbc.query(
        "select %s from %s as %s where %s order by %s"
            .formatted(texts, dialect.ownRows(table), row, alone(where), columns),
        (rs, n) -> key(rs, table));
  }

  /** The same condition, of the person with this key alone. */
  public static String condition(
      Decisions decisions, Dialect dialect, SubjectType type, String where, List<String> key) {
    Table table = decisions.catalog().table(type.table());
    StringBuilder condition = new StringBuilder(alone(where));
    for (int i = 0; i < key.size(); i++) {
      Column column = table.column(table.identity().get(i)).orElseThrow();
      condition
          .append(" and ")
          .append(dialect.quote(type.table().name()))
          .append('.')
          .append(dialect.quote(column.name()))
          .append(" = cast(")
          .append(dialect.literal(key.get(i)))
          .append(" as ")
          .append(dialect.comparableType(column.type()))
          .append(')');
    }
    return condition.toString();
  }

  /** On lines of its own, so that a comment in it ends with it. */
  private static String alone(String where) {
    return "(\n" + where + "\n)";
  }

  /** The key, what the policy names, and whatever else it calls an identifier or contact. */
  private List<String> identifying(SubjectType type, Table table) {
    Set<String> columns = new LinkedHashSet<>(table.identity());
    columns.addAll(type.identifyBy());
    for (Column column : table.columns()) {
      Category category = decisions.data().column(table.id(), column.name()).category();
      if (category == Category.IDENTIFIER || category == Category.CONTACT) {
        columns.add(column.name());
      }
    }
    return List.copyOf(columns);
  }

  /** E-mail addresses and names are typed in many ways, so letter case and blanks do not count. */
  private List<List<String>> keys(Table table, Column column, String value) {
    String select =
        table.identity().stream()
            .map(c -> "c." + dialect.quote(c) + "::text")
            .collect(Collectors.joining(", "));
    String type = dialect.comparableType(column.type());
    // A number is only written in one way, so that an index finds it.
    String same =
        WHOLE_NUMBERS.contains(type) && WHOLE_NUMBER.matcher(value.strip()).matches()
            ? "c.%s = cast(btrim(?) as bigint)"
            : "lower(btrim(c.%s::text)) = lower(btrim(?))";
    return jdbc.query(
        "select %s from %s as c where %s limit 3"
            .formatted(
                select, dialect.ownRows(table), same.formatted(dialect.quote(column.name()))),
        (rs, n) -> key(rs, table),
        value);
  }

  private static List<String> key(ResultSet rs, Table table) throws SQLException {
    List<String> key = new ArrayList<>();
    for (int i = 1; i <= table.identity().size(); i++) {
      key.add(rs.getString(i));
    }
    return key;
  }
}
