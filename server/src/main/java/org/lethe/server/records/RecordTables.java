package org.lethe.server.records;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.cli.admin.AdminSettings;
import org.lethe.policy.Decisions;
import org.lethe.policy.LegalRetention;
import org.lethe.policy.Ownership;
import org.lethe.policy.SubjectType;
import org.lethe.policy.TrashRule;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.security.Me;
import org.lethe.trash.LedgerSchema;
import org.springframework.stereotype.Service;

/** The tables whose rows can be looked at. Thread-safe. */
@Service
public final class RecordTables {

  private final Decisions decisions;
  private final List<String> schemas;
  private final Reads reads;

  RecordTables(Lethe lethe, AdminSettings settings, Reads reads) {
    this.decisions = lethe.decisions();
    this.schemas = settings.policy().schemas();
    this.reads = reads;
  }

  /** Those that this account may see, by schema, whose names hold a text. */
  public Map<String, List<RecordTable>> list(Me me, String text) {
    me.require(Action.VIEW);
    Map<TableId, Long> rows = reads.read(Reads.PAGE, Estimates::all);
    String wanted = text.toLowerCase(Locale.ROOT);
    Map<String, List<RecordTable>> bySchema = new LinkedHashMap<>();
    for (TableId table : visible(me)) {
      String name = decisions.catalog().displayName(table);
      if (name.toLowerCase(Locale.ROOT).contains(wanted)) {
        bySchema
            .computeIfAbsent(table.schema(), s -> new ArrayList<>())
            .add(told(table, name, rows.get(table)));
      }
    }
    return bySchema;
  }

  /** Tables that this account may see, sorted by name. */
  public List<TableId> visible(Me me) {
    return decisions.catalog().tables().values().stream()
        .filter(this::ours)
        .map(Table::id)
        .filter(t -> me.may(Action.VIEW, t))
        .toList();
  }

  /**
   * A table by its word in addresses.
   *
   * @throws NotFoundException if there is none
   * @throws org.lethe.error.NotPermittedException if this account may not see it
   */
  public TableId find(Me me, String word) {
    me.require(Action.VIEW);
    TableId table = RecordAddress.table(decisions.catalog(), word);
    if (!ours(decisions.catalog().table(table))) {
      throw new NotFoundException("There is no table at this address.");
    }
    me.require(Action.VIEW, table);
    return table;
  }

  /** A table's name for people. */
  public String name(TableId table) {
    return decisions.catalog().displayName(table);
  }

  /** Where its rows are listed. */
  public String path(TableId table) {
    return RecordAddress.of(decisions.catalog(), table);
  }

  /** Whether rows have pages of their own: where something names them that is no secret. */
  public boolean addressable(TableId table) {
    return TableView.of(decisions, table).keyed();
  }

  /**
   * Partitions are looked at as the one table they make; Lethe's own tables are nobody's records.
   */
  private boolean ours(Table table) {
    return (table.kind() == Table.Kind.TABLE || table.kind() == Table.Kind.PARTITIONED)
        && !table.id().schema().equals(LedgerSchema.NAME)
        && (schemas.isEmpty() || schemas.contains(table.id().schema()));
  }

  private RecordTable told(TableId table, String name, @Nullable Long rows) {
    return new RecordTable(
        table.schema(),
        name,
        RecordAddress.of(decisions.catalog(), table),
        rows,
        subject(table),
        trash(table),
        retention(table),
        decisions.catalog().table(table).comment());
  }

  private @Nullable String subject(TableId table) {
    for (SubjectType type : decisions.data().subjects().values()) {
      if (type.table().equals(table)) {
        return "people: " + type.name();
      }
    }
    List<String> of = new ArrayList<>();
    for (SubjectType type : decisions.data().subjects().values()) {
      Set<TableId> theirs =
          decisions
              .graph()
              .reach(List.of(type.table()), r -> decisions.ownership(r) != Ownership.MENTIONED);
      if (theirs.contains(table)) {
        of.add(type.name());
      }
    }
    return of.isEmpty() ? null : "data of " + String.join(", ", of);
  }

  private String trash(TableId table) {
    TrashRule rule = decisions.trash(table);
    return (rule.flag() == null ? "moves to the trash" : "stays, marked as deleted")
        + ", "
        + RecordWords.period(rule.keep());
  }

  private @Nullable String retention(TableId table) {
    LegalRetention retain = decisions.data().table(table).retain();
    if (retain == null) {
      return null;
    }
    return "%s from %s%s"
        .formatted(
            RecordWords.period(retain.period().period()),
            retain.from(),
            retain.law() == null ? "" : " (" + retain.law() + ")");
  }
}
