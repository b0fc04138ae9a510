package org.lethe.checklist;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.checklist.Finding.Place;
import org.lethe.personal.People;
import org.lethe.personal.PersonalData;
import org.lethe.personal.PersonalData.Guess;
import org.lethe.personal.ValueShape;
import org.lethe.policy.ColumnRule;
import org.lethe.policy.DataRules;
import org.lethe.policy.Decisions;
import org.lethe.policy.Policy;
import org.lethe.policy.SubjectType;
import org.lethe.policy.YamlText;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKey;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** What the checks about people's data look at together. Used by one thread. */
final class PeoplesData {

  private final Scope scope;
  private final Decisions decisions;
  private final SubjectReach reach;
  private final People people;
  private final Sampler sampler;
  private final Map<TableId, Map<String, ValueShape>> shapes = new HashMap<>();
  private final Map<TableId, Set<String>> referring = new HashMap<>();

  PeoplesData(Scope scope, Decisions decisions, Sampler sampler) {
    this.scope = scope;
    this.decisions = decisions;
    this.reach = new SubjectReach(decisions);
    this.people = new People(scope.catalog());
    this.sampler = sampler;
    for (ForeignKey key : scope.catalog().foreignKeys()) {
      referring
          .computeIfAbsent(scope.catalog().whole(key.table()), t -> new HashSet<>())
          .addAll(key.columns());
    }
  }

  Catalog catalog() {
    return scope.catalog();
  }

  Decisions decisions() {
    return decisions;
  }

  DataRules rules() {
    return decisions.data();
  }

  SubjectReach reach() {
    return reach;
  }

  People people() {
    return people;
  }

  Sampler sampler() {
    return sampler;
  }

  /** Tables that are looked at. */
  List<Table> tables() {
    return scope.tables();
  }

  /** Tables that are looked at and that a request would look at. */
  List<Table> reached() {
    return scope.tables().stream().filter(t -> reach.reaches(t.id())).toList();
  }

  /** Tables that are looked at and that no request would look at. */
  List<Table> unreached() {
    return scope.tables().stream().filter(t -> !reach.reaches(t.id())).toList();
  }

  ColumnRule rule(Table table, Column column) {
    return rules().column(table.id(), column.name());
  }

  /** Whether a foreign key says what the column holds: whatever its target holds. */
  boolean refers(Table table, Column column) {
    return referring.getOrDefault(table.id(), Set.of()).contains(column.name());
  }

  /** What the column seems to hold; a doubtful guess is none. */
  Optional<Guess> guess(Table table, Column column) {
    ValueShape shape =
        shapes
            .computeIfAbsent(table.id(), t -> sampler.shapes(table))
            .getOrDefault(column.name(), ValueShape.UNKNOWN);
    return PersonalData.guess(column, people.in(table.id()).isPresent(), shape)
        .filter(g -> g.doubt() == null);
  }

  String name(Table table, Column column) {
    return catalog().displayName(table.id(), List.of(column.name()));
  }

  /** The lines of the policy that say something of a column. */
  String lines(Table table, Column column, String said) {
    // A treatment alone would mean that rows are to stay.
    boolean open = said.contains("erase: ") && !rules().table(table.id()).said();
    return "tables:\n  %s:\n%s    columns:\n      %s: %s"
        .formatted(
            YamlText.scalar(catalog().displayName(table.id())),
            open ? "    erase: delete   # or anonymise\n" : "",
            YamlText.scalar(column.name()),
            said);
  }

  /** Where the policy speaks of the column, else of its table; null where it does neither. */
  @Nullable Place place(Table table, @Nullable Column column) {
    Policy.TableEntry entry = scope.entry(table.id());
    if (entry == null) {
      return null;
    }
    Policy.Place place = entry.place();
    if (column != null) {
      Policy.ColumnEntry said = entry.columns().get(column.name());
      place = said == null ? place : said.place();
    }
    return scope.place(place);
  }

  /** Where the policy speaks of the relation; null where it does not. */
  @Nullable Place place(Relation relation) {
    Policy.RelationEntry entry = scope.policy().relations().get(relation.name());
    return entry == null ? null : scope.place(entry.place());
  }

  /** What the policy says of a subject. */
  Policy.@Nullable SubjectEntry entry(SubjectType subject) {
    return scope.policy().subjects().get(subject.name());
  }

  @Nullable Place place(Policy.Place place) {
    return scope.place(place);
  }
}
