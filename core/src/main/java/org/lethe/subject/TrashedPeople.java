package org.lethe.subject;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.SubjectType;
import org.lethe.schema.Table;
import org.lethe.store.Subject;
import org.springframework.jdbc.core.JdbcOperations;

/** Finds people whose own row is only in the trash. Inside one transaction. */
final class TrashedPeople {

  private static final String IMAGES =
      """
        from lethe.archived_row as r
        join lethe.archived_table as a using (deletion_id, position)
        join lethe.deletion as d using (deletion_id)
       where d.state = 'in_trash' and a.fate = 'removed' and a.table_schema = ? and a.table_name = ?
      """;

  private final JdbcOperations jdbc;
  private final SubjectType type;
  private final Table table;
  private final List<String> identifying;

  /**
   * @param identifying columns with what people are known by
   */
  TrashedPeople(JdbcOperations jdbc, SubjectType type, Table table, List<String> identifying) {
    this.jdbc = jdbc;
    this.type = type;
    this.table = table;
    this.identifying = List.copyOf(identifying);
  }

  /** Those with a value in any of the columns, however it is typed. */
  List<Person> find(List<String> columns, String value) {
    String has =
        columns.stream()
            .map(c -> "lower(btrim(" + image() + ")) = lower(btrim(?))")
            .collect(Collectors.joining(" or ", " and (", ")"));
    List<Object> arguments = new ArrayList<>();
    for (String column : columns) {
      arguments.add(column);
      arguments.add(value);
    }
    return people(has, arguments);
  }

  /** The one with this key. */
  List<Person> find(List<String> key) {
    String has =
        table.identity().stream()
            .map(c -> image() + " = ?")
            .collect(Collectors.joining(" and ", " and (", ")"));
    List<Object> arguments = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      arguments.add(table.identity().get(i));
      arguments.add(key.get(i));
    }
    return people(has, arguments);
  }

  private static String image() {
    return "r.image[array_position(a.columns, ?)]";
  }

  private List<Person> people(String condition, List<Object> conditions) {
    if (!OwnTables.there(jdbc, "archived_row")) {
      return List.of();
    }
    List<String> columns = new ArrayList<>(table.identity());
    columns.addAll(identifying);
    List<Object> arguments = new ArrayList<>(columns);
    arguments.add(table.id().schema());
    arguments.add(table.id().name());
    arguments.addAll(conditions);
    return jdbc
        .query(
            "select distinct "
                + columns.stream().map(c -> image()).collect(Collectors.joining(", "))
                + IMAGES
                + condition
                + " limit 3",
            (rs, n) -> {
              List<String> key = new ArrayList<>();
              for (int i = 1; i <= table.identity().size(); i++) {
                key.add(rs.getString(i));
              }
              Map<String, List<String>> values = new LinkedHashMap<>();
              for (int i = 0; i < identifying.size(); i++) {
                @Nullable String value = rs.getString(table.identity().size() + i + 1);
                values.put(identifying.get(i), value == null ? List.of() : List.of(value));
              }
              return new Person(type, key, new Subject(type.name(), values), "");
            },
            arguments.toArray())
        .stream()
        .toList();
  }
}
