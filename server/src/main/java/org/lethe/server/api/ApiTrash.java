package org.lethe.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Action;
import org.lethe.server.list.ListQuery;
import org.lethe.server.list.Slice;
import org.lethe.server.records.RecordTables;
import org.lethe.server.security.Me;
import org.lethe.server.trash.TrashCan;
import org.lethe.trash.DeletionTally;
import org.lethe.trash.RestoreReport;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What was deleted, and what can be done with it. A scope {@code purge:TABLE} stands for the
 * password that the admin asks for before a purge; the name has to be given as there.
 */
@RestController
@RequestMapping("/api/v1/trash")
@Tag(name = "trash", description = "What was deleted and can come back")
final class ApiTrash {

  private static final String ONE = "/{id:[0-9a-fA-F-]{36}}";

  private final TrashCan trash;
  private final RecordTables tables;

  ApiTrash(TrashCan trash, RecordTables tables) {
    this.trash = trash;
    this.tables = tables;
  }

  /** How many deletions each further choice would leave; not all of them where not whole. */
  record Tally(
      Map<String, Long> states, Map<String, Long> actors, Map<String, Long> tables, boolean whole) {

    static Tally of(DeletionTally t) {
      Map<String, Long> states = new LinkedHashMap<>();
      t.states().forEach((s, n) -> states.put(s.name().toLowerCase(Locale.ROOT), n));
      return new Tally(states, t.actors(), t.rootTables(), t.whole());
    }
  }

  /** What a restore would bring, or brought. */
  record Restored(
      Map<String, Long> restored,
      Map<String, Long> updated,
      boolean blocked,
      List<ApiConflict> conflicts) {}

  /** Whether also what the rows refer to comes back from the trash. */
  record Back(@Nullable Boolean parents) {}

  /** Why it is kept, and until when. */
  record Keep(
      @Nullable String reason,
      @Schema(description = "when the hold ends by itself; left out: when it is lifted")
          @Nullable Instant until) {}

  /** A hold that was placed. */
  record Held(UUID id) {}

  /** What goes for good, by its name. */
  record Purge(@Nullable String name, @Nullable String reason) {}

  /** Rows that are gone for good. */
  record Purged(long rows) {}

  @GetMapping
  @Needs(Action.VIEW)
  @Operation(summary = "Deletions, latest first, searched and narrowed")
  Items<ApiDeletion> list(
      @RequestParam(defaultValue = "") String q,
      @Parameter(description = "in_trash, restored or purged") @RequestParam(required = false)
          @Nullable String state,
      @Parameter(description = "who deleted it, such as lethe:3") @RequestParam(required = false)
          @Nullable String actor,
      @RequestParam(required = false) @Nullable String table,
      @RequestParam(defaultValue = Items.USUAL) int limit,
      @RequestParam(required = false) @Nullable String after,
      Me me) {
    int most = Items.limit(limit);
    Slice<ApiDeletion> page =
        trash.page(me, query(q, state, actor, table, after), most).map(ApiDeletion::of);
    return new Items<>(page.rows(), page.next());
  }

  @GetMapping("/counts")
  @Needs(Action.VIEW)
  @Operation(summary = "How many deletions each further choice would leave")
  Tally counts(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable String table,
      Me me) {
    return Tally.of(trash.tally(me, query(q, state, actor, table, null)));
  }

  private static ListQuery query(
      String q,
      @Nullable String state,
      @Nullable String actor,
      @Nullable String table,
      @Nullable String after) {
    ApiUsers.oneOf("state", state, List.of("in_trash", "restored", "purged"));
    Map<String, String> filters = new LinkedHashMap<>();
    put(filters, "state", state);
    put(filters, "actor", actor);
    put(filters, "table", table);
    return new ListQuery(
        "/trash", q.strip(), filters, null, false, after == null || after.isEmpty() ? null : after);
  }

  private static void put(Map<String, String> filters, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      filters.put(name, value);
    }
  }

  @GetMapping(ONE)
  @Needs(Action.VIEW)
  @Operation(summary = "A deletion: what went, what keeps it, and what was done to it")
  ApiDeletion.Whole one(@PathVariable UUID id, Me me) {
    return ApiDeletion.Whole.of(trash.details(me, id));
  }

  @GetMapping(ONE + "/restore-preview")
  @Needs(Action.RESTORE)
  @Operation(summary = "What would come back, and what is in the way; nothing is done")
  Restored preview(@PathVariable UUID id, Me me) {
    return told(trash.restorePreview(me, id));
  }

  @PostMapping(ONE + "/restore")
  @Needs(Action.RESTORE)
  @Operation(summary = "Brings back what one deletion took; 409 with conflicts if it cannot")
  Restored restore(
      @PathVariable UUID id, @RequestBody(required = false) @Nullable Back how, Me me) {
    return told(trash.restore(me, id, how != null && Boolean.TRUE.equals(how.parents())));
  }

  private Restored told(RestoreReport report) {
    Map<String, Long> restored = new LinkedHashMap<>();
    report.counts().deleted().forEach((t, n) -> restored.put(tables.name(t), n));
    return new Restored(
        restored,
        report.counts().updated(),
        report.blocked(),
        report.conflicts().stream().map(ApiConflict::of).toList());
  }

  @PostMapping(ONE + "/holds")
  @ResponseStatus(HttpStatus.CREATED)
  @Needs(Action.HOLD)
  @Operation(summary = "Keeps a deletion from being purged")
  Held hold(@PathVariable UUID id, @RequestBody Keep keep, Me me) {
    return new Held(trash.hold(me, id, keep.reason() == null ? "" : keep.reason(), keep.until()));
  }

  @DeleteMapping(ONE + "/holds/{hold}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Needs(Action.HOLD)
  @Operation(summary = "Lifts a hold")
  void lift(@PathVariable UUID id, @PathVariable UUID hold, Me me) {
    trash.lift(me, id, hold);
  }

  @PostMapping(ONE + "/purge")
  @Needs(Action.PURGE)
  @Operation(summary = "Makes a deletion final: nobody can bring it back any more")
  Purged purge(@PathVariable UUID id, @RequestBody Purge wanted, Me me) {
    trash.checkPurge(me, id, wanted.name() == null ? "" : wanted.name());
    return new Purged(trash.purge(me, id, wanted.reason()));
  }
}
