package org.lethe.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Action;
import org.lethe.collect.Roots;
import org.lethe.error.InputException;
import org.lethe.policy.Choices;
import org.lethe.schema.TableId;
import org.lethe.server.records.RecordTables;
import org.lethe.server.records.Records;
import org.lethe.server.removal.AccountFates;
import org.lethe.server.removal.Hanging;
import org.lethe.server.removal.Removals;
import org.lethe.server.removal.Seen;
import org.lethe.server.removal.Sight;
import org.lethe.server.removal.Way;
import org.lethe.server.security.Me;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Looks what a removal would do, and does it: only what was seen. A scope {@code purge:TABLE}
 * stands for the password that the admin asks for; the name has to be given as there.
 */
@RestController
@RequestMapping("/api/v1/records/{table}/removal")
@Tag(name = "removal", description = "Deletes rows with what hangs on them")
final class ApiRemoval {

  private final Removals removals;
  private final Records records;
  private final RecordTables tables;
  private final AccountFates fates;

  ApiRemoval(Removals removals, Records records, RecordTables tables, AccountFates fates) {
    this.fates = fates;
    this.removals = removals;
    this.records = records;
    this.tables = tables;
  }

  /** Which rows: by their keys, or all that a list of them would show. */
  record Chosen(
      @Schema(description = "as addresses have them, such as [\"5\"]") @Nullable List<String> keys,
      @Schema(description = "true for all rows that match q and where") @Nullable Boolean all,
      @Nullable String q,
      @Schema(description = "columns and values, as the list's address has them")
          @Nullable Map<String, String> where) {}

  /** What becomes of the rows that refer to an account by one relation. */
  record Fate(
      @Schema(description = "one of those that the preview offers, such as along, hand or keep")
          @Nullable String answer,
      @Schema(description = "whom they are handed to, such as app:17") @Nullable String to) {}

  /** What is looked at. */
  record Look(
      @Nullable Chosen rows,
      @Schema(description = "for one account of the application: an answer for each relation")
          @Nullable Map<String, Fate> fates) {}

  /** What is done. */
  record Do(
      @Nullable Chosen rows,
      @Nullable Map<String, Fate> fates,
      @Schema(description = "trash or good") @Nullable String way,
      @Schema(description = "of this way, from the preview") @Nullable Seen seen,
      @Schema(description = "for good only: the name from the preview") @Nullable String name,
      @Nullable String reason) {}

  @PostMapping("/preview")
  @Needs(Action.VIEW)
  @Operation(
      summary = "What deleting rows would do, and what is in the way; nothing is done",
      description = "And one that is good for delete:TABLE, or purge:TABLE.")
  Removed.Looked preview(@PathVariable String table, @RequestBody Look look, Me me) {
    Roots roots = roots(me, tables.find(me, table), look.rows());
    Hanging hanging = fates.hanging(me, roots, form(look.fates()));
    Sight sight = removals.look(me, roots, hanging.choices());
    return Removed.Looked.of(sight, hanging);
  }

  @PostMapping("/tree")
  @Needs(Action.VIEW)
  @Operation(
      summary = "The rows with what hangs on them, a few of each kind; nothing is done",
      description = "And one that is good for delete:TABLE, or purge:TABLE.")
  List<ApiTwig> tree(@PathVariable String table, @RequestBody Look look, Me me) {
    Roots roots = roots(me, tables.find(me, table), look.rows());
    return removals.tree(me, roots, choices(me, roots, look.fates())).stream()
        .map(ApiTwig::of)
        .toList();
  }

  @PostMapping(path = "/plan", produces = MediaType.APPLICATION_JSON_VALUE)
  @Needs(Action.VIEW)
  @Operation(
      summary = "The plan, to be approved or applied with lethe apply; nothing is done",
      description = "And one that is good for delete:TABLE, or purge:TABLE, after its way.")
  String plan(@PathVariable String table, @RequestBody Do wanted, Me me) {
    TableId id = tables.find(me, table);
    Roots roots = roots(me, id, wanted.rows());
    return removals.plan(me, roots, choices(me, roots, wanted.fates()), way(wanted.way()));
  }

  @PostMapping
  @Needs(Action.VIEW)
  @Operation(
      summary = "Deletes rows with what hangs on them, if that is what was seen",
      description =
          "And one that is good for delete:TABLE (trash) or purge:TABLE (good), for each table"
              + " that loses rows. 409 with blockers, or with differences to what was seen.")
  Removed.Done remove(@PathVariable String table, @RequestBody Do wanted, Me me) {
    TableId id = tables.find(me, table);
    Way way = way(wanted.way());
    if (wanted.seen() == null) {
      throw new InputException("say what you agree to: seen, as the preview gave it for this way");
    }
    Roots roots = roots(me, id, wanted.rows());
    Removals.Done done =
        removals.remove(
            me,
            roots,
            choices(me, roots, wanted.fates()),
            way,
            wanted.seen(),
            wanted.name() == null ? "" : wanted.name(),
            wanted.reason());
    return told(done);
  }

  private Removed.Done told(Removals.Done done) {
    Map<String, Long> deleted = new LinkedHashMap<>();
    done.report().counts().deleted().forEach((t, n) -> deleted.put(tables.name(t), n));
    return new Removed.Done(
        done.name(),
        done.report().total(),
        deleted,
        done.report().counts().updated(),
        done.report().deletion());
  }

  /** Whoever deletes an account says what becomes of what hangs on it, here as on its page. */
  private Choices choices(Me me, Roots roots, @Nullable Map<String, Fate> given) {
    Hanging hanging = fates.hanging(me, roots, form(given));
    if (!hanging.settled()) {
      throw new InputException(hanging.problem() + " The preview says which answers there are.");
    }
    return hanging.choices();
  }

  private static MultiValueMap<String, String> form(@Nullable Map<String, Fate> given) {
    MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    if (given != null) {
      given.forEach(
          (relation, fate) -> {
            form.add("fate-" + relation, fate.answer() == null ? "" : fate.answer());
            form.add("to-" + relation, fate.to() == null ? "" : fate.to());
          });
    }
    return form;
  }

  private static Way way(@Nullable String word) {
    return Way.of(word == null ? "" : word)
        .orElseThrow(
            () -> new InputException("way is trash, or good for what cannot be taken back"));
  }

  private Roots roots(Me me, TableId table, @Nullable Chosen rows) {
    List<String> keys = rows == null || rows.keys() == null ? List.of() : rows.keys();
    boolean all = rows != null && Boolean.TRUE.equals(rows.all());
    if (rows == null || all != keys.isEmpty()) {
      throw new InputException(
          "say which rows: {\"rows\": {\"keys\": [\"5\"]}}, or {\"rows\": {\"all\": true}} with q and"
              + " where for all that match");
    }
    if (keys.size() > Items.MOST) {
      throw new InputException(
          "that are too many at once; send %d at most, or all with q and where"
              .formatted(Items.MOST));
    }
    MultiValueMap<String, String> list = new LinkedMultiValueMap<>();
    if (rows.where() != null) {
      rows.where().forEach(list::add);
    }
    if (rows.q() != null) {
      list.add("q", rows.q());
    }
    if (!all && !list.isEmpty()) {
      throw new InputException("rows are named by keys, or by all with q and where, never by both");
    }
    records.exactly(table, list);
    return records.roots(me, table, keys, list);
  }
}
