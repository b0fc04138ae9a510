package org.lethe.checklist;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.personal.NameWords;
import org.lethe.personal.People;
import org.lethe.personal.People.Person;
import org.lethe.policy.OnDelete;
import org.lethe.policy.Ownership;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.RelationGraph;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/**
 * Suggests what a relation should do when its target goes, and what it says about a person, from
 * names and the shape of the schema. A suggestion to be read by people, careful rather than clever:
 * what is not plainly a part of its target is protected.
 */
final class Advisor {

  /** So many tables refer to it that it is more than a part of any of them. */
  private static final int MANY = 4;

  private static final Set<String> ACTED =
      Set.of(
          "created",
          "updated",
          "modified",
          "changed",
          "deleted",
          "approved",
          "reviewed",
          "assigned",
          "closed",
          "opened",
          "resolved",
          "uploaded",
          "invited",
          "granted",
          "locked",
          "verified",
          "signed",
          "handled",
          "cancelled",
          "canceled",
          "edited",
          "published",
          "banned",
          "added");

  private static final Set<String> ACTORS =
      Set.of(
          "creator",
          "editor",
          "modifier",
          "approver",
          "reviewer",
          "assignee",
          "manager",
          "supervisor",
          "moderator",
          "uploader",
          "inviter",
          "handler",
          "rep",
          "representative",
          "boss",
          "lead");

  private static final Set<String> REFERENCE_DATA =
      Set.of(
          "product",
          "country",
          "city",
          "category",
          "track",
          "genre",
          "type",
          "language",
          "currency",
          "status",
          "kind",
          "store",
          "role",
          "permission",
          "film",
          "actor",
          "tag",
          "region",
          "state",
          "unit",
          "album",
          "artist",
          "item",
          "article",
          "sku",
          "warehouse",
          "department",
          "shop",
          "brand",
          "supplier",
          "vendor",
          "course",
          "room",
          "location",
          "plan",
          "territory");

  private final Catalog catalog;
  private final RelationGraph graph;
  private final People people;

  Advisor(Catalog catalog) {
    this.catalog = catalog;
    this.graph = new RelationGraph(catalog.relations());
    this.people = new People(catalog);
  }

  People people() {
    return people;
  }

  Advice advise(Relation relation) {
    Advice onDelete = onDelete(relation);
    return new Advice(onDelete.onDelete(), onDelete.reason(), onDelete.others(), owner(relation));
  }

  private Advice onDelete(Relation relation) {
    boolean nullable = nullable(relation);
    if (mentions(relation)) {
      return nullable
          ? advice(OnDelete.SET_NULL, "only names who acts, not whose it is", "protect, cascade")
          : advice(
              OnDelete.PROTECT, "only names who acts, not whose it is", "reassign: <key>, cascade");
    }
    if (relation instanceof ForeignKeyRelation && partOf(relation)) {
      return advice(OnDelete.CASCADE, "a part of its target", "protect");
    }
    if (nullable) {
      return advice(OnDelete.SET_NULL, "may be empty", "cascade, protect");
    }
    if (relation.selfReference()) {
      return advice(OnDelete.PROTECT, "refers to its own table", "cascade");
    }
    if (referenceData(relation.parent())) {
      return advice(OnDelete.PROTECT, "the target looks like reference data", "cascade");
    }
    Optional<Person> person = people.in(relation.parent());
    if (person.isPresent()) {
      return person.get().staff()
          ? advice(
              OnDelete.PROTECT,
              "the target is staff, who act on others' data",
              "reassign: <key>, cascade")
          : advice(OnDelete.CASCADE, "belongs to the person", "protect where it must be kept");
    }
    if (hasOnlyParts(relation.child())) {
      return advice(OnDelete.CASCADE, "cannot be without its target", "protect");
    }
    return advice(OnDelete.PROTECT, "other tables rely on it", "cascade");
  }

  private static Advice advice(OnDelete onDelete, String reason, String others) {
    return new Advice(onDelete, reason, others, null);
  }

  /**
   * What the relation says about a person: at the relation to the person, or anywhere further down
   * that goes with the person's own data.
   */
  private @Nullable Ownership owner(Relation relation) {
    Optional<Person> person = people.in(relation.parent());
    if (person.isEmpty()) {
      return null;
    }
    if (mentions(relation) || (person.get().staff() && !partOf(relation))) {
      return Ownership.MENTIONED;
    }
    if (relation.selfReference()) {
      return Ownership.MENTIONED;
    }
    long owners =
        graph.outOf(relation.child()).stream()
            .filter(r -> people.in(r.parent()).filter(p -> !p.staff()).isPresent())
            .filter(r -> !mentions(r) && !r.selfReference())
            .map(r -> List.of(r.parent(), r.childColumns()))
            .distinct()
            .count();
    return owners > 1 ? Ownership.SHARED : Ownership.SOLE;
  }

  /** Whether rows of this table say themselves whose they are. */
  boolean namesItsPerson(TableId table) {
    return graph.outOf(table).stream()
        .filter(r -> people.in(r.parent()).isPresent())
        .anyMatch(r -> !mentions(r) && !r.selfReference());
  }

  /** Whether the columns say who acted, not whose it is. */
  private boolean mentions(Relation relation) {
    if (people.in(relation.parent()).isEmpty()) {
      return false;
    }
    return relation.childColumns().stream()
        .map(NameWords::of)
        .anyMatch(
            words ->
                words.words().stream().anyMatch(ACTORS::contains)
                    || words.joined().equals("reports_to")
                    || (words.contains("by", "to")
                        && words.words().stream().anyMatch(ACTED::contains)));
  }

  /** Whether the child is a join table, or is named as a part: {@code invoice_line}. */
  private boolean partOf(Relation relation) {
    if (relation.selfReference()) {
      return false;
    }
    if (joins(relation.child())) {
      return true;
    }
    NameWords child = NameWords.of(relation.child().name()).singular();
    NameWords parent = NameWords.of(relation.parent().name()).singular();
    NameWords column = NameWords.of(relation.childColumns().get(0));
    return child.words().size() > parent.words().size()
        && child.startsWith(parent)
        && (relation.childColumns().size() > 1 || column.startsWith(parent));
  }

  /** A table whose key is nothing but references to at least two others. */
  private boolean joins(TableId table) {
    List<String> key = catalog.table(table).identity();
    Set<String> referring = new HashSet<>();
    Set<TableId> targets = new HashSet<>();
    for (Relation r : graph.outOf(table)) {
      if (key.containsAll(r.childColumns())) {
        referring.addAll(r.childColumns());
        targets.add(r.parent());
      }
    }
    boolean keyIsReferences = key.size() > 1 && referring.containsAll(key) && targets.size() > 1;
    return keyIsReferences && graph.into(table).isEmpty();
  }

  private boolean referenceData(TableId table) {
    if (people.in(table).isPresent()) {
      return false;
    }
    if (REFERENCE_DATA.contains(NameWords.of(table.name()).singular().last())) {
      return true;
    }
    return graph.into(table).stream().map(Relation::child).distinct().count() >= MANY;
  }

  /** Whether all that refers to this table are its own parts. */
  private boolean hasOnlyParts(TableId table) {
    return graph.into(table).stream().allMatch(r -> r.selfReference() || partOf(r) || nullable(r));
  }

  private boolean nullable(Relation relation) {
    Table child = catalog.table(relation.childScan());
    return relation.childColumns().stream()
        .flatMap(c -> child.column(c).stream())
        .anyMatch(c -> c.nullable() && !c.generated() && !inKey(child, c));
  }

  private static boolean inKey(Table table, Column column) {
    return table.primaryKey().filter(k -> k.columns().contains(column.name())).isPresent();
  }
}
