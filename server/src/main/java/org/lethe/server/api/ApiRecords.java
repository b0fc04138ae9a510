package org.lethe.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Action;
import org.lethe.schema.TableId;
import org.lethe.server.list.ListQuery;
import org.lethe.server.list.Slice;
import org.lethe.server.records.Owners;
import org.lethe.server.records.RecordAddress;
import org.lethe.server.records.RecordCounts;
import org.lethe.server.records.RecordDetails;
import org.lethe.server.records.RecordLooks;
import org.lethe.server.records.RecordTable;
import org.lethe.server.records.RecordTables;
import org.lethe.server.records.Records;
import org.lethe.server.records.Referrers;
import org.lethe.server.security.Me;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Rows of any table, without what is hidden from everybody. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "records", description = "Rows of any table")
final class ApiRecords {

  private static final String API = "/api/v1";

  private final RecordTables tables;
  private final Records records;
  private final RecordLooks looks;

  ApiRecords(RecordTables tables, Records records, RecordLooks looks) {
    this.tables = tables;
    this.records = records;
    this.looks = looks;
  }

  /** Rows are called the same here as on pages. */
  static @Nullable String at(@Nullable String page) {
    return page == null ? null : API + page;
  }

  /** A table that may be looked at; {@code rows} is the database's own estimate. */
  record OfTable(
      String schema,
      String name,
      @Nullable String address,
      @Nullable Long rows,
      @Nullable String subject,
      String trash,
      @Nullable String retention,
      @Nullable String comment) {

    static OfTable of(RecordTable t) {
      return new OfTable(
          t.schema(),
          t.name(),
          at(t.path()),
          t.rows(),
          t.subject(),
          t.trash(),
          t.retention(),
          t.comment());
    }
  }

  /** Whose data a row is; "somebody" where their row may not be seen. */
  record Owner(String subject, String label, @Nullable String address) {

    static Owner of(Owners.Owner o) {
      return new Owner(o.subject(), o.label(), at(o.href()));
    }
  }

  /** One row with all that is to be said of it; {@code people} if its table is of such. */
  record Whole(
      ApiRow row, @Nullable String people, List<Owner> owners, List<ApiAudit.Act> history) {

    static Whole of(RecordDetails d) {
      return new Whole(
          ApiRow.of(d.row()),
          d.people(),
          d.owners().stream().map(Owner::of).toList(),
          d.history().stream().map(ApiAudit.Act::of).toList());
    }
  }

  /** Rows that refer to one; {@code rows} is null where counting takes too long, or over 1,000. */
  record Referring(
      String relation,
      String table,
      @Nullable Long rows,
      String told,
      String onDelete,
      @Nullable String address) {

    static Referring of(Referrers.Referrer r) {
      return new Referring(
          r.relation(), r.table(), r.counted(), r.rows(), r.onDelete(), at(r.href()));
    }
  }

  @GetMapping("/records")
  @Needs(Action.VIEW)
  @Operation(summary = "Tables whose rows may be looked at")
  Items<OfTable> tables(
      @Parameter(description = "part of a table's name") @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = Items.USUAL) int limit,
      @RequestParam(required = false) @Nullable String after,
      Me me) {
    return Items.within(
        tables.list(me, q).values().stream().flatMap(List::stream).map(OfTable::of).toList(),
        limit,
        after,
        OfTable::name);
  }

  @GetMapping("/records/{table}")
  @Needs(Action.VIEW)
  @Operation(
      summary = "Rows of a table, searched, narrowed and sorted",
      description =
          "Each column that is indexed or refers to something narrows the list:"
              + " ?customer_id=5; column.q for one that is called as another parameter.")
  Items<ApiRow> rows(
      @PathVariable String table,
      @Parameter(description = "a key, or part of any text") @RequestParam(required = false)
          @Nullable String q,
      @Parameter(description = "an indexed column; downwards with -")
          @RequestParam(required = false)
          @Nullable String sort,
      @RequestParam(defaultValue = Items.USUAL) int limit,
      @RequestParam(required = false) @Nullable String after,
      @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> all,
      Me me) {
    int most = Items.limit(limit);
    TableId id = tables.find(me, table);
    ListQuery query = records.exactly(id, all);
    Slice<ApiRow> page = records.page(me, id, query, most).map(ApiRow::of);
    return new Items<>(page.rows(), page.next());
  }

  @GetMapping("/record-counts/{table}")
  @Needs(Action.VIEW)
  @Operation(summary = "How many rows there are, match, and each further choice would leave")
  RecordCounts counts(
      @PathVariable String table,
      @RequestParam(required = false) @Nullable String q,
      @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> all,
      Me me) {
    TableId id = tables.find(me, table);
    return records.counts(me, id, records.exactly(id, all));
  }

  @GetMapping("/records/{table}/{key}")
  @Needs(Action.VIEW)
  @Operation(
      summary = "A row, whose data it is, and what was done to it",
      description = "That somebody looked at a row with personal data is kept in the audit.")
  Whole row(@PathVariable String table, @PathVariable String key, Me me) {
    return Whole.of(looks.details(me, tables.find(me, table), RecordAddress.key(key), false));
  }

  @GetMapping("/records/{table}/{key}/referrers")
  @Needs(Action.VIEW)
  @Operation(summary = "What refers to a row, and what becomes of it when the row goes")
  Items<Referring> referrers(@PathVariable String table, @PathVariable String key, Me me) {
    return new Items<>(
        looks.referrers(me, tables.find(me, table), RecordAddress.key(key)).stream()
            .map(Referring::of)
            .toList(),
        null);
  }
}
