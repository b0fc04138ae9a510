package org.lethe.server.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.checklist.MissingIndexes;
import org.lethe.diagram.Diagram;
import org.lethe.diagram.SvgRenderer;
import org.lethe.policy.Decision;
import org.lethe.policy.Decisions;
import org.lethe.policy.Ownership;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Service;

/** How the tables hang together, as the admin's process read them when it started. Thread-safe. */
@Service
public final class SchemaService {

  /** How far around a table one may look. */
  static final int DEEPEST = 6;

  /** Names that stand in an address as they are. */
  private static final Pattern PLAIN = Pattern.compile("[\\w-]+(\\.[\\w-]+)?");

  private final Lethe lethe;

  SchemaService(Lethe lethe) {
    this.lethe = lethe;
  }

  /** All tables but partitions, by schema. */
  public List<SchemaView> overview(Me me) {
    me.require(Action.MAP);
    Map<String, List<TableView>> schemas = new LinkedHashMap<>();
    for (Table table : catalog().tables().values()) {
      if (table.kind() != Table.Kind.PARTITION) {
        schemas.computeIfAbsent(table.id().schema(), s -> new ArrayList<>()).add(view(me, table));
      }
    }
    List<SchemaView> views = new ArrayList<>();
    schemas.forEach((name, tables) -> views.add(view(name, tables)));
    return views;
  }

  private SchemaView view(String schema, List<TableView> tables) {
    List<Relation> own =
        decisions().graph().relations().stream()
            .filter(r -> r.child().schema().equals(schema))
            .toList();
    return new SchemaView(schema, tables, own.size(), undecided(own));
  }

  private TableView view(Me me, Table table) {
    List<Relation> into = decisions().graph().into(table.id());
    List<Relation> outOf = decisions().graph().outOf(table.id());
    Set<Relation> both = Stream.concat(into.stream(), outOf.stream()).collect(Collectors.toSet());
    return new TableView(
        table.id().schema(),
        catalog().displayName(table.id()),
        table.estimatedRows() < 0 ? null : table.estimatedRows(),
        into.size(),
        outOf.size(),
        undecided(both),
        records(me, table.id()));
  }

  /** Where the rows of a table are; null for whoever may not look at them. */
  private @Nullable String records(Me me, TableId table) {
    if (!me.may(Action.VIEW, table)) {
      return null;
    }
    boolean first = catalog().searchPath().stream().limit(1).anyMatch(table.schema()::equals);
    String name = first ? table.name() : table.schema() + "." + table.name();
    return PLAIN.matcher(name).matches() ? "/records/" + name : null;
  }

  private int undecided(Collection<Relation> relations) {
    return (int)
        relations.stream()
            .filter(r -> decisions().of(r).origin() == Decision.Origin.NOBODY)
            .count();
  }

  /**
   * The picture of everything, or of what is around a table, as SVG.
   *
   * @param table null for everything
   * @param depth relations away from the table
   * @throws NotFoundException if there is no such table
   */
  public String picture(Me me, @Nullable String table, int depth) {
    return SvgRenderer.render(diagram(me, table, depth));
  }

  /** The relations of that picture. */
  public List<RelationView> relations(Me me, @Nullable String table, int depth) {
    Set<TableId> shown =
        diagram(me, table, depth).nodes().stream()
            .map(Diagram.Node::table)
            .collect(Collectors.toSet());
    return decisions().graph().relations().stream()
        .filter(r -> shown.contains(r.child()) && shown.contains(r.parent()))
        .map(this::view)
        .toList();
  }

  private Diagram diagram(Me me, @Nullable String table, int depth) {
    me.require(Action.MAP);
    return Diagram.around(
        decisions(), table == null ? null : find(table), Math.max(0, Math.min(DEEPEST, depth)));
  }

  private TableId find(String table) {
    return catalog()
        .find(table)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "the database has no table %s, or had none when this admin started"
                        .formatted(table)));
  }

  private RelationView view(Relation relation) {
    Decision decision = decisions().of(relation);
    Ownership owner = decision.owner();
    return new RelationView(
        relation.name(),
        catalog().displayName(relation.child()),
        catalog().displayName(relation.parent()),
        decision.onDelete().toString(),
        decision.origin(),
        owner == null ? null : owner.name().toLowerCase(Locale.ROOT),
        relation instanceof Link,
        relation instanceof ForeignKeyRelation key && MissingIndexes.missing(catalog(), key));
  }

  private Decisions decisions() {
    return lethe.decisions();
  }

  private Catalog catalog() {
    return lethe.catalog();
  }
}
