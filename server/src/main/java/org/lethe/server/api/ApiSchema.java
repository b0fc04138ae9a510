package org.lethe.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Action;
import org.lethe.server.schema.RelationView;
import org.lethe.server.schema.SchemaService;
import org.lethe.server.schema.TableView;
import org.lethe.server.security.Me;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How the tables hang together. */
@RestController
@RequestMapping("/api/v1/schema")
@Tag(name = "schema", description = "How the tables hang together")
final class ApiSchema {

  private static final String AROUND = "1";

  private final SchemaService schema;

  ApiSchema(SchemaService schema) {
    this.schema = schema;
  }

  /**
   * A table.
   *
   * @param records where its rows are; null for whoever may not look at them
   */
  record OfTable(
      String schema,
      String name,
      @Nullable Long rows,
      int into,
      int outOf,
      int undecided,
      @Nullable String records) {

    static OfTable of(TableView t) {
      return new OfTable(
          t.schema(),
          t.name(),
          t.rows(),
          t.into(),
          t.outOf(),
          t.undecided(),
          ApiRecords.at(t.records()));
    }
  }

  /**
   * A relation and what was decided about it.
   *
   * @param decided policy, database or nobody
   */
  record OfRelation(
      String name,
      String child,
      String parent,
      String onDelete,
      String decided,
      @Nullable String owner,
      boolean link,
      boolean indexMissing) {

    static OfRelation of(RelationView r) {
      return new OfRelation(
          r.name(),
          r.child(),
          r.parent(),
          r.onDelete(),
          r.origin().name().toLowerCase(Locale.ROOT),
          r.owner(),
          r.link(),
          r.indexMissing());
    }
  }

  @GetMapping("/tables")
  @Needs(Action.MAP)
  @Operation(summary = "All tables, with how many relations they have and nobody decided")
  Items<OfTable> tables(
      @RequestParam(defaultValue = Items.USUAL) int limit,
      @RequestParam(required = false) @Nullable String after,
      Me me) {
    return Items.within(
        schema.overview(me).stream().flatMap(s -> s.tables().stream()).map(OfTable::of).toList(),
        limit,
        after,
        OfTable::name);
  }

  @GetMapping("/relations")
  @Needs(Action.MAP)
  @Operation(
      summary = "Relations: what becomes of rows when what they refer to goes, and whose they are")
  Items<OfRelation> relations(
      @Parameter(description = "only around this table; all if it is left out")
          @RequestParam(required = false)
          @Nullable String table,
      @Parameter(description = "how many relations away from it, 6 at most")
          @RequestParam(defaultValue = AROUND)
          int depth,
      @RequestParam(defaultValue = Items.USUAL) int limit,
      @RequestParam(required = false) @Nullable String after,
      Me me) {
    return Items.within(
        schema.relations(me, table, depth).stream().map(OfRelation::of).toList(),
        limit,
        after,
        OfRelation::name);
  }
}
