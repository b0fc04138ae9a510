package org.lethe.checklist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.personal.People.Person;
import org.lethe.policy.OnDelete;
import org.lethe.policy.Ownership;
import org.lethe.policy.Policy;
import org.lethe.policy.YamlText;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/**
 * Writes a first policy from a catalog: a suggestion for everything the database leaves undecided,
 * with the reason beside it, for people to read and change. What the database decides stands there
 * as comments only.
 */
public final class FirstPolicy {

  private static final String HEADER =
      """
      # yaml-language-server: $schema=./lethe.schema.json
      #
      # What removal does to this database. Every line is a suggestion, made from names and shapes:
      # read it, change what is wrong, then run "lethe check".
      version: 1
      """;

  private final Catalog catalog;
  private final Scope scope;
  private final Advisor advisor;
  private final Map<Relation, Advice> advice = new LinkedHashMap<>();
  private final FirstColumns columns;

  private FirstPolicy(Catalog catalog, Sampler sampler) {
    this.catalog = catalog;
    this.scope = new Scope(Policy.empty(), catalog);
    this.advisor = new Advisor(catalog);
    catalog.relations().forEach(r -> advice.put(r, advisor.advise(r)));
    this.columns = new FirstColumns(catalog, advisor.people(), sampler, owned());
  }

  /**
   * The text of a {@code lethe.yaml}.
   *
   * @param sampler {@link Sampler#NONE} to go by names and types alone
   */
  public static String suggest(Catalog catalog, Sampler sampler) {
    return new FirstPolicy(catalog, sampler).write();
  }

  private String write() {
    StringBuilder text = new StringBuilder(HEADER);
    text.append("schemas: [").append(String.join(", ", schemas())).append("]\n");
    section(
        text,
        "tables",
        "How rows are named to people, what sort of personal data a column holds, and what an"
            + " erasure does to it where its row has to stay.",
        tables());
    section(
        text, "relations", "What becomes of rows when the row they refer to goes.", relations());
    section(
        text,
        "links",
        "Relations that no foreign key declares: take away the # where one holds.",
        links());
    section(text, "subjects", "The people this database knows, and how one is named.", subjects());
    return text.toString();
  }

  private List<String> schemas() {
    Set<String> holding = new LinkedHashSet<>();
    scope.tables().forEach(t -> holding.add(t.id().schema()));
    Set<String> ordered = new LinkedHashSet<>(catalog.searchPath());
    ordered.retainAll(holding);
    ordered.addAll(holding);
    return ordered.stream().map(YamlText::scalar).toList();
  }

  private static void section(StringBuilder text, String key, String about, List<Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    boolean anything = lines.stream().anyMatch(Line::active);
    text.append("\n# ").append(about).append('\n');
    text.append(anything ? "" : "# ").append(key).append(":\n");
    int column =
        lines.stream()
            .filter(l -> l.comment() != null)
            .mapToInt(l -> l.text().length())
            .filter(length -> length <= 72)
            .max()
            .orElse(0);
    for (Line line : lines) {
      String words = line.text().stripLeading();
      text.append("  ").append(" ".repeat(line.text().length() - words.length()));
      text.append(line.active() ? "" : "# ").append(words);
      if (line.comment() != null) {
        int used = line.text().length() + (line.active() ? 0 : 2);
        text.append(" ".repeat(Math.max(0, column - used))).append("  # ");
        text.append(YamlText.comment(line.comment()));
      }
      text.append('\n');
    }
  }

  /**
   * A line of a section.
   *
   * @param active false to leave it commented out
   */
  record Line(boolean active, String text, @Nullable String comment) {}

  private List<Line> tables() {
    List<Line> lines = new ArrayList<>();
    for (Table table : scope.tables()) {
      List<Line> columns = this.columns.of(table);
      String label = advisor.people().in(table.id()).map(Labels::of).orElse(null);
      if (columns.isEmpty() && label == null) {
        continue;
      }
      boolean active = label != null || columns.stream().anyMatch(Line::active);
      lines.add(new Line(active, YamlText.scalar(catalog.displayName(table.id())) + ":", null));
      if (label != null) {
        lines.add(new Line(true, "  label: " + YamlText.quoted(label), null));
      }
      if (columns.stream().anyMatch(l -> l.active() && l.text().contains(" erase: "))) {
        // A treatment alone would mean that rows are to stay.
        lines.add(new Line(true, "  erase: delete", "unless something that stays needs the row"));
      }
      if (!columns.isEmpty()) {
        lines.add(new Line(columns.stream().anyMatch(Line::active), "  columns:", null));
        lines.addAll(columns);
      }
    }
    return lines;
  }

  private List<Line> relations() {
    List<Line> lines = new ArrayList<>();
    for (ForeignKeyRelation relation : catalog.relations()) {
      lines.add(relation(relation, advised(relation)));
    }
    return lines;
  }

  private static Line relation(ForeignKeyRelation relation, Advice advised) {
    String key = YamlText.scalar(relation.name()) + ": ";
    String owner = advised.owner() == null ? "" : "owner: " + advised.ownerWord();
    OnDelete byDatabase = OnDelete.of(relation.foreignKey().onDelete());
    if (byDatabase.equals(OnDelete.UNDECIDED)) {
      String reason = advised.reason() + "; or " + advised.others();
      String rule = advised.onDelete().toString();
      return new Line(
          true,
          key + (owner.isEmpty() ? rule : "{ on_delete: " + rule + ", " + owner + " }"),
          reason);
    }
    return owner.isEmpty()
        ? new Line(false, key + byDatabase, "the database's own rule")
        : new Line(true, key + "{ " + owner + " }", "the database's own rule: " + byDatabase);
  }

  /**
   * The tables that hold people's rows. What goes with a person's own rows is the person's own too;
   * unless it names a person itself, as a comment under somebody's post does, or can be without:
   * then it only mentions.
   */
  private Set<TableId> owned() {
    Set<TableId> owned = new LinkedHashSet<>();
    advisor.people().all().stream()
        .filter(p -> !p.identifyBy().isEmpty())
        .forEach(p -> owned.add(p.table().id()));
    boolean grown = true;
    while (grown) {
      grown = false;
      for (ForeignKeyRelation relation : catalog.relations()) {
        if (owned.contains(relation.parent()) && owner(relation) != Ownership.MENTIONED) {
          grown |= owned.add(relation.child());
        }
      }
    }
    for (ForeignKeyRelation relation : catalog.relations()) {
      if (owned.contains(relation.parent())) {
        Advice advised = advised(relation);
        advice.put(
            relation,
            new Advice(advised.onDelete(), advised.reason(), advised.others(), owner(relation)));
      }
    }
    return owned;
  }

  /** Of a relation to a person's rows. */
  private Ownership owner(ForeignKeyRelation relation) {
    Advice advised = advised(relation);
    if (advised.owner() != null) {
      return advised.owner();
    }
    OnDelete byDatabase = OnDelete.of(relation.foreignKey().onDelete());
    boolean undecided = byDatabase.equals(OnDelete.UNDECIDED);
    return advisor.namesItsPerson(relation.child())
        ? Ownership.MENTIONED
        : SubjectReach.usual(undecided ? advised.onDelete() : byDatabase);
  }

  private Advice advised(ForeignKeyRelation relation) {
    return advice.getOrDefault(relation, advisor.advise(relation));
  }

  private List<Line> links() {
    return LikelyLinks.find(scope, null).stream()
        .map(link -> new Line(false, link.line(catalog, advisor), link.reason()))
        .toList();
  }

  private List<Line> subjects() {
    Set<String> names = new LinkedHashSet<>();
    List<Line> lines = new ArrayList<>();
    for (Person person : advisor.people().all()) {
      String name = person.name();
      if (!names.add(name)) {
        name = catalog.displayName(person.table().id());
      }
      String by = String.join(", ", person.identifyBy().stream().map(YamlText::scalar).toList());
      String table = YamlText.scalar(catalog.displayName(person.table().id()));
      lines.add(
          new Line(
              !person.identifyBy().isEmpty(),
              YamlText.scalar(name) + ": { table: " + table + ", identify_by: [" + by + "] }",
              null));
    }
    return lines;
  }
}
