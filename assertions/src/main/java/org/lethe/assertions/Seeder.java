package org.lethe.assertions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.personal.People;
import org.lethe.policy.Category;
import org.lethe.policy.Decisions;
import org.lethe.policy.Ownership;
import org.lethe.policy.SubjectType;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Gives the canary a row of their own, rows wherever the policy sees something of a person, and
 * rows where it sees nothing although a column has room for what they are known by. For one canary,
 * inside one transaction.
 */
final class Seeder {

  private final Decisions decisions;
  private final SubjectType type;
  private final Set<TableId> except;
  private final Routes routes;
  private final RowMaker rows;
  private final Types types;
  private final Values values;
  private final Token token;
  private final Map<TableId, Made> first = new LinkedHashMap<>();
  private final List<Planted> planted = new ArrayList<>();
  private final Set<String> noRoom = new LinkedHashSet<>();

  Seeder(
      Decisions decisions,
      SubjectType type,
      Token token,
      Settings settings,
      Dialect dialect,
      JdbcOperations jdbc) {
    this.decisions = decisions;
    this.type = type;
    this.token = token;
    this.except = settings.except();
    this.routes = new Routes(decisions, type.table());
    this.types = new Types(dialect, jdbc);
    this.rows = new RowMaker(decisions, dialect, jdbc, types, settings.filled(token));
    this.values = new Values(decisions.data(), token, types);
  }

  /**
   * What the caller wants to be otherwise.
   *
   * @param values by table and column
   * @param except tables in which no rows are made
   */
  record Settings(Map<TableId, Map<String, String>> values, Set<TableId> except) {

    /** {@code {canary}} stands for what is looked for. */
    Map<TableId, Map<String, String>> filled(Token token) {
      Map<TableId, Map<String, String>> filled = new LinkedHashMap<>();
      values.forEach(
          (table, columns) ->
              columns.forEach(
                  (column, value) ->
                      filled
                          .computeIfAbsent(table, t -> new LinkedHashMap<>())
                          .put(column, value.replace("{canary}", token.text()))));
      return filled;
    }
  }

  /**
   * What is in the database now.
   *
   * @param person the row of the person
   * @param made all rows, parents before children
   * @param planted values of the canary in rows that the policy sees
   * @param noRoom columns that are too narrow for a canary
   * @param reached tables in which the policy sees something of the person
   */
  record Seeded(
      Made person,
      List<Made> made,
      List<Planted> planted,
      Set<String> noRoom,
      Set<TableId> reached) {

    /** How many rows each table has got, by its name. */
    Map<String, Long> counts(Decisions decisions) {
      Map<String, Long> counts = new TreeMap<>();
      made.forEach(
          m -> counts.merge(decisions.catalog().displayName(m.table().id()), 1L, Long::sum));
      return counts;
    }
  }

  Seeded seed() {
    Made person = row(decisions.catalog().table(type.table()), Map.of(), false);
    first.put(type.table(), person);
    values.calledBy(identifier(person).orElse(null));
    for (TableId id : routes.inOrder()) {
      Table table = decisions.catalog().table(id);
      if (canHaveRows(table)) {
        routes.rows(id).forEach(route -> row(table, route));
      }
    }
    for (Table table : decisions.catalog().tables().values()) {
      boolean unseen = !routes.reached().contains(table.id()) && !routes.above(table.id());
      if (canHaveRows(table) && unseen) {
        trace(table, person);
      }
    }
    return new Seeded(person, rows.made(), planted, noRoom, routes.reached());
  }

  private boolean canHaveRows(Table table) {
    return !except.contains(table.id())
        && (table.kind() == Table.Kind.TABLE || table.kind() == Table.Kind.PARTITIONED);
  }

  private void row(Table table, Routes.Row route) {
    Map<String, @Nullable String> wanted = new LinkedHashMap<>(route.conditions());
    List<Link> documents = new ArrayList<>();
    for (Relation relation : route.by()) {
      Made parent = first.get(relation.parent());
      if (parent == null) {
        return;
      }
      if (relation instanceof Link link && link.jsonPath() != null) {
        documents.add(link);
      } else {
        refer(wanted, relation, parent);
      }
    }
    Map<String, @Nullable String> all = withCanary(table, wanted, route.shared());
    for (Link link : documents) {
      String column = link.childColumns().get(0);
      Made parent = first.get(link.parent());
      String key = link.parentColumns().get(0);
      if (parent != null) {
        all.put(
            column,
            Documents.with(
                all.containsKey(column) ? all.get(column) : rows.template(table).get(column),
                String.valueOf(link.jsonPath()),
                String.valueOf(parent.values().get(key)),
                types.isNumber(parent.table().column(key).orElseThrow())));
      }
    }
    first.putIfAbsent(table.id(), rows.make(table, all));
  }

  private static void refer(Map<String, @Nullable String> row, Relation relation, Made parent) {
    for (int i = 0; i < relation.childColumns().size(); i++) {
      row.putIfAbsent(
          relation.childColumns().get(i), parent.values().get(relation.parentColumns().get(i)));
    }
  }

  private Made row(Table table, Map<String, @Nullable String> wanted, boolean shared) {
    return rows.make(table, withCanary(table, wanted, shared));
  }

  private Map<String, @Nullable String> withCanary(
      Table table, Map<String, @Nullable String> wanted, boolean shared) {
    Map<String, @Nullable String> all = new LinkedHashMap<>(wanted);
    Map<String, @Nullable String> template = rows.template(table);
    Set<String> bound = rows.bound(table.id());
    for (Column column : table.columns()) {
      if (all.containsKey(column.name()) || rows.overridden(table, column)) {
        continue;
      }
      Optional<Planted> value =
          values.plant(table, column, template.get(column.name()), shared, bound);
      value.ifPresent(
          p -> {
            planted.add(p);
            all.put(column.name(), p.value());
          });
      if (value.isEmpty()
          && types.sort(column) == Types.Sort.TEXT
          && types.length(column) < token.text().length()) {
        noRoom.add(decisions.catalog().displayName(table.id(), List.of(column.name())));
      }
    }
    return all;
  }

  /** What the person is known by in texts: an e-mail address rather than anything else. */
  private Optional<String> identifier(Made person) {
    Set<String> columns = new LinkedHashSet<>(type.identifyBy());
    person.table().columns().stream()
        .map(Column::name)
        .filter(
            c -> {
              Category category = decisions.data().column(type.table(), c).category();
              return category == Category.IDENTIFIER || category == Category.CONTACT;
            })
        .forEach(columns::add);
    List<String> known =
        columns.stream()
            .map(c -> String.valueOf(person.values().get(c)))
            .filter(v -> v.contains(token.text()))
            .toList();
    return known.stream()
        .filter(v -> v.contains("@"))
        .findFirst()
        .or(() -> known.stream().findFirst());
  }

  /**
   * A row of a table in which the policy sees nothing of the person, although it has a column for
   * e-mail addresses, or one called like what the person is known by.
   */
  private void trace(Table table, Made person) {
    Set<String> keys = new LinkedHashSet<>();
    decisions.graph().outOf(table.id()).stream()
        .filter(ForeignKeyRelation.class::isInstance)
        .forEach(r -> keys.addAll(r.childColumns()));
    Map<String, @Nullable String> wanted = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      boolean none = decisions.data().column(table.id(), column.name()).category() == Category.NONE;
      if (!none && !keys.contains(column.name()) && types.sort(column) == Types.Sort.TEXT) {
        knownBy(column, person)
            .filter(v -> v.length() <= types.length(column))
            .ifPresent(v -> wanted.put(column.name(), v));
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    for (Relation relation : decisions.graph().outOf(table.id())) {
      Made parent = first.get(relation.parent());
      if (parent != null
          && relation instanceof ForeignKeyRelation
          && decisions.ownership(relation) == Ownership.MENTIONED) {
        refer(wanted, relation, parent);
      }
    }
    rows.make(table, wanted);
  }

  private Optional<String> knownBy(Column column, Made person) {
    if (People.isEmail(column)) {
      return person.table().columns().stream()
          .filter(People::isEmail)
          .map(c -> String.valueOf(person.values().get(c.name())))
          .filter(v -> v.contains(token.text()))
          .findFirst();
    }
    return type.identifyBy().contains(column.name())
        ? Optional.ofNullable(person.values().get(column.name()))
            .filter(v -> v.contains(token.text()))
        : Optional.empty();
  }
}
