package org.lethe.assertions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Category;
import org.lethe.policy.Decisions;
import org.lethe.policy.SubjectType;
import org.lethe.schema.Column;
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
  private final References references;
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
    this.references = new References(decisions);
    this.values = new Values(decisions.data(), token, types);
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
    Traces traces = new Traces(decisions, type, types, token, person);
    for (Table table : decisions.catalog().tables().values()) {
      if (canHaveRows(table) && routes.unseen(table.id())) {
        Map<String, @Nullable String> trace = traces.of(table, first);
        if (!trace.isEmpty()) {
          rows.make(table, trace);
        }
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
        parent.referTo(relation, wanted);
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

  private Made row(Table table, Map<String, @Nullable String> wanted, boolean shared) {
    return rows.make(table, withCanary(table, wanted, shared));
  }

  private Map<String, @Nullable String> withCanary(
      Table table, Map<String, @Nullable String> wanted, boolean shared) {
    Map<String, @Nullable String> all = new LinkedHashMap<>(wanted);
    Map<String, @Nullable String> template = rows.template(table);
    Set<String> bound = references.bound(table.id());
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
}
