package org.lethe.policy;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** Resolves what a policy says of people's data. Used once. */
final class DataEntries {

  private static final Pattern LOOK_UP =
      Pattern.compile("(?<table>[^()]+?)(\\((?<key>[^()]+)\\))?\\.(?<shown>[^.()]+)");

  private final Policy policy;
  private final Catalog catalog;
  private final CheckedNames checked;
  private final Faults faults;
  private final Map<TableId, TableRule> tables = new HashMap<>();
  private final Map<String, SubjectType> subjects = new LinkedHashMap<>();
  private final List<Information.Purpose> purposes = new ArrayList<>();
  private @Nullable MailRules mail;

  DataEntries(Policy policy, Catalog catalog, CheckedNames checked, Faults faults) {
    this.policy = policy;
    this.catalog = catalog;
    this.checked = checked;
    this.faults = faults;
  }

  /** What was found; only after {@link #finish}. */
  DataRules rules() {
    Policy.InformationEntry said = policy.information();
    return new DataRules(
        tables,
        subjects,
        policy.stores(),
        new Information(
            said.controller(), said.officer(), said.authority(), purposes, said.recipients()),
        policy.requests().mailing(mail));
  }

  /** Looks a table's columns up; returns what is said of each, by name. */
  Map<String, ColumnRule> add(Table table, Policy.TableEntry entry, String path) {
    Map<String, ColumnRule> said = new LinkedHashMap<>();
    entry
        .columns()
        .forEach(
            (name, column) -> {
              String columnPath = path + ".columns." + name;
              String found =
                  checked.column(table, new Policy.Reference(column.place(), name), columnPath);
              if (found != null
                  && said.put(found, column(table, found, column, columnPath)) != null) {
                faults.add(
                    column.place(),
                    columnPath,
                    "this column is already there, in other letters",
                    "make one entry of the two");
              }
            });
    tables.put(table.id(), rule(table, entry, said, path));
    return said;
  }

  private TableRule rule(
      Table table, Policy.TableEntry entry, Map<String, ColumnRule> said, String path) {
    boolean goes = said.values().stream().anyMatch(c -> c.erase() instanceof Treatment.DeleteRow);
    boolean treats =
        said.values().stream()
            .anyMatch(c -> c.erase() != null && !(c.erase() instanceof Treatment.DeleteRow));
    Erasure erasure = entry.erasure();
    if (goes && erasure == Erasure.ANONYMISE) {
      faults.add(
          entry.place(),
          path + ".erase",
          "rows are to stay, but a column says delete_row",
          "choose one of the two");
    }
    Erasure byColumns = treats && !goes ? Erasure.ANONYMISE : Erasure.DELETE;
    LegalRetention retain = retain(table, entry.retain(), path + ".retain");
    return new TableRule(
        erasure == null ? byColumns : erasure,
        erasure != null || goes || treats,
        retain,
        entry.portable(),
        said);
  }

  private ColumnRule column(Table table, String name, Policy.ColumnEntry entry, String path) {
    Column column = table.column(name).orElseThrow();
    Policy.TreatmentEntry erase = entry.erase();
    if (erase != null) {
      new TreatmentCheck(faults, erase.place(), path + ".erase").check(column, erase.treatment());
    }
    return new ColumnRule(
        entry.category(),
        export(entry, path + ".export"),
        erase == null ? null : erase.treatment(),
        entry.portable(),
        retain(table, entry.retain(), path + ".retain"));
  }

  private @Nullable ExportRule export(Policy.ColumnEntry entry, String path) {
    Policy.ExportEntry export = entry.export();
    boolean secret = entry.category() == Category.SECRET;
    if (export == null) {
      return secret ? ExportRule.NEVER : null;
    }
    if (secret && !export.rule().never()) {
      faults.add(
          export.place(), path, "a secret is handed out to nobody", "write never, or leave it out");
    }
    Policy.Reference lookUp = export.lookUp();
    ExportRule rule = export.rule();
    return lookUp == null
        ? rule
        : new ExportRule(
            rule.never(),
            rule.rename(),
            rule.format(),
            lookUp(lookUp, path + ".transform.look_up"),
            rule.mask(),
            rule.with());
  }

  private ExportRule.@Nullable LookUp lookUp(Policy.Reference written, String path) {
    Matcher m = LOOK_UP.matcher(written.name().strip());
    if (!m.matches()) {
      faults.add(
          written.place(), path, "this names no column", "write table.column or table(key).column");
      return null;
    }
    Table table =
        checked.table(new Policy.Reference(written.place(), m.group("table").strip()), path);
    if (table == null) {
      return null;
    }
    String shown =
        checked.column(table, new Policy.Reference(written.place(), m.group("shown")), path);
    String key = m.group("key");
    String found =
        key != null
            ? checked.column(table, new Policy.Reference(written.place(), key.strip()), path)
            : onlyKey(table, written, path);
    return shown == null || found == null
        ? null
        : new ExportRule.LookUp(new ColumnId(table.id(), found), new ColumnId(table.id(), shown));
  }

  private @Nullable String onlyKey(Table table, Policy.Reference written, String path) {
    if (table.identity().size() == 1) {
      return table.identity().get(0);
    }
    faults.add(
        written.place(),
        path,
        catalog.displayName(table.id()) + " has no key of one column",
        "name the column to look in: table(key).column");
    return null;
  }

  private @Nullable LegalRetention retain(
      Table table, Policy.@Nullable RetainEntry entry, String path) {
    if (entry == null) {
      return null;
    }
    String from = checked.column(table, entry.from(), path + ".from");
    Age period = age(entry.period(), path + ".for");
    if (from == null || period == null) {
      return null;
    }
    Column column = table.column(from).orElseThrow();
    if (!AccountsLookup.holdsTimes(column)) {
      faults.add(
          entry.from().place(),
          path + ".from",
          "%s is of type %s, not a day or a time".formatted(from, column.type()),
          "name a column with a date or a time");
      return null;
    }
    if (table.identity().isEmpty()) {
      faults.add(
          entry.place(),
          path,
          "rows of %s have no key by which they could be found when their time is over"
              .formatted(catalog.displayName(table.id())),
          "give the table a primary key");
      return null;
    }
    List<TableId> with = new ArrayList<>();
    for (int i = 0; i < entry.with().size(); i++) {
      Table along = checked.table(entry.with().get(i), path + ".with[" + i + "]");
      if (along != null) {
        with.add(along.id());
      }
    }
    return new LegalRetention(period, from, entry.ground(), entry.law(), with);
  }

  private @Nullable Age age(Policy.Reference written, String path) {
    try {
      return Age.parse(written.name());
    } catch (DateTimeException | ArithmeticException e) {
      faults.add(
          written.place(),
          path,
          "\"" + written.name() + "\" is no period",
          "write an ISO 8601 period such as P10Y");
      return null;
    }
  }

  /** Looks up what refers to tables but stands outside of them. */
  void finish() {
    policy.subjects().forEach(this::subject);
    policy.information().purposes().forEach(this::purpose);
    mail = new MailEntries(faults).rules(policy.mail());
  }

  private void subject(String name, Policy.SubjectEntry entry) {
    String path = "subjects." + name;
    Table table = checked.table(entry.table(), path + ".table");
    if (table == null) {
      return;
    }
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < entry.identifyBy().size(); i++) {
      String column =
          checked.column(table, entry.identifyBy().get(i), path + ".identify_by[" + i + "]");
      if (column != null) {
        columns.add(column);
      }
    }
    if (table.identity().isEmpty()) {
      faults.add(
          entry.place(),
          path,
          "rows of %s have no key".formatted(catalog.displayName(table.id())),
          "give the table a primary key");
    }
    subjects.put(name, new SubjectType(name, table.id(), columns));
  }

  private void purpose(String name, Policy.PurposeEntry entry) {
    String path = "information.purposes." + name;
    List<TableId> found = new ArrayList<>();
    for (int i = 0; i < entry.tables().size(); i++) {
      Table table = checked.table(entry.tables().get(i), path + ".tables[" + i + "]");
      if (table != null) {
        found.add(table.id());
      }
    }
    List<String> known =
        policy.information().recipients().stream().map(Information.Recipient::name).toList();
    for (int i = 0; i < entry.recipients().size(); i++) {
      Policy.Reference recipient = entry.recipients().get(i);
      if (!known.contains(recipient.name())) {
        faults.add(
            recipient.place(),
            path + ".recipients[" + i + "]",
            "there is no recipient " + recipient.name(),
            Nearest.fix(recipient.name(), known, "the recipients"));
      }
    }
    purposes.add(
        new Information.Purpose(
            entry.why(),
            entry.basis(),
            found,
            entry.recipients().stream().map(Policy.Reference::name).toList(),
            entry.kept(),
            entry.source()));
  }
}
