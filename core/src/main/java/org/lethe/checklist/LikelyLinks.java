package org.lethe.checklist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.checklist.LikelyLink.Target;
import org.lethe.personal.NameWords;
import org.lethe.personal.People;
import org.lethe.personal.People.Person;
import org.lethe.policy.Decisions;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKey;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/**
 * Guesses relations that no foreign key and no policy declares, from names and types alone. Values
 * are not looked at.
 */
final class LikelyLinks {

  private static final Set<String> KEY_WORDS = Set.of("id", "uuid", "key");
  private static final Set<String> TYPE_WORDS = Set.of("type", "model", "kind", "class");
  private static final Set<String> JSON_NAMES =
      Set.of(
          "payload",
          "data",
          "meta",
          "metadata",
          "context",
          "attributes",
          "extra",
          "extras",
          "details",
          "params",
          "properties",
          "body",
          "event",
          "request",
          "response",
          "info",
          "json",
          "document",
          "snapshot",
          "changes",
          "before",
          "after");

  private final Scope scope;
  private final Catalog catalog;
  private final People people;
  private final Map<String, List<Table>> byName = new HashMap<>();
  private final Map<TableId, Set<String>> declared = new HashMap<>();
  private final Map<TableId, Set<TableId>> parents = new HashMap<>();

  private LikelyLinks(Scope scope, @Nullable Decisions decisions) {
    this.scope = scope;
    this.catalog = scope.catalog();
    this.people = new People(catalog);
    for (Table table : scope.tables()) {
      byName
          .computeIfAbsent(stem(NameWords.of(table.id().name())), n -> new ArrayList<>())
          .add(table);
    }
    for (ForeignKey key : catalog.foreignKeys()) {
      declare(catalog.whole(key.table()), key.columns(), catalog.whole(key.target()));
    }
    if (decisions != null) {
      for (Relation relation : decisions.graph().relations()) {
        declare(relation.child(), relation.childColumns(), relation.parent());
        if (relation instanceof Link link) {
          declare(link.child(), List.copyOf(link.conditions().keySet()), link.parent());
        }
      }
    }
  }

  /** Sorted by table and column. */
  static List<LikelyLink> find(Scope scope, @Nullable Decisions decisions) {
    LikelyLinks guesser = new LikelyLinks(scope, decisions);
    List<LikelyLink> links = new ArrayList<>();
    scope.tables().forEach(t -> guesser.guess(t, links));
    links.sort(
        Comparator.comparing(LikelyLink::table)
            .thenComparing(LikelyLink::column)
            .thenComparing(LikelyLink::reason));
    return links;
  }

  private void declare(TableId child, List<String> columns, TableId parent) {
    declared.computeIfAbsent(child, t -> new HashSet<>()).addAll(columns);
    parents.computeIfAbsent(child, t -> new HashSet<>()).add(parent);
  }

  private void guess(Table table, List<LikelyLink> links) {
    Set<String> taken = new HashSet<>(declared.getOrDefault(table.id(), Set.of()));
    typedPairs(table, taken, links);
    for (Column column : table.columns()) {
      if (taken.contains(column.name()) || column.generated()) {
        continue;
      }
      if (column.type().equals("json") || column.type().equals("jsonb")) {
        json(table, column, links);
      } else if (People.isEmail(column)) {
        email(table, column, links);
      } else if (!ownKey(table, column)) {
        target(table, column).ifPresent(target -> links.add(byKey(table, column, target)));
      }
    }
  }

  /** {@code object_type} and {@code object_id}; Django's {@code content_type_id} too. */
  private static void typedPairs(Table table, Set<String> taken, List<LikelyLink> links) {
    for (Column id : table.columns()) {
      NameWords words = NameWords.of(id.name());
      if (taken.contains(id.name())
          || !KEY_WORDS.contains(words.last())
          || words.words().size() < 2) {
        continue;
      }
      NameWords stem = words.withoutLast();
      for (Column type : table.columns()) {
        NameWords typeWords = NameWords.of(type.name());
        boolean pair =
            (TYPE_WORDS.contains(typeWords.last()) && typeWords.withoutLast().equals(stem))
                || (words.joined().equals("object_id")
                    && typeWords.joined().equals("content_type_id"));
        if (pair) {
          taken.add(id.name());
          links.add(
              new LikelyLink(
                  Code.LIKELY_TYPED_REFERENCE,
                  table.id(),
                  id.name(),
                  type.name(),
                  null,
                  id.name()
                      + " seems to point at a table that "
                      + type.name()
                      + " names; declare one link per value of it"));
          break;
        }
      }
    }
  }

  private void json(Table table, Column column, List<LikelyLink> links) {
    NameWords words = NameWords.of(column.name());
    if (JSON_NAMES.contains(words.last())) {
      links.add(
          new LikelyLink(
              Code.POSSIBLE_JSON_REFERENCE,
              table.id(),
              column.name(),
              null,
              null,
              "a "
                  + column.type()
                  + " column can hold keys or people's data that no removal finds"
                  + " unless a link says where"));
    }
  }

  /** An address in a table that has no relation to the people it may belong to. */
  private void email(Table table, Column column, List<LikelyLink> links) {
    if (people.in(table.id()).isPresent()) {
      return;
    }
    List<Person> owners =
        people.all().stream()
            .filter(p -> scope.includes(p.table().id()))
            .filter(p -> p.table().columns().stream().anyMatch(People::isEmail))
            .toList();
    boolean publicOnes = owners.stream().anyMatch(p -> !p.staff());
    for (Person owner : owners) {
      TableId to = owner.table().id();
      boolean related = parents.getOrDefault(table.id(), Set.of()).contains(to);
      if (!related && !(publicOnes && owner.staff())) {
        Column key =
            owner.table().columns().stream().filter(People::isEmail).findFirst().orElseThrow();
        links.add(
            new LikelyLink(
                Code.LIKELY_LINK,
                table.id(),
                column.name(),
                null,
                new Target(to, key.name(), Link.Normaliser.LOWER_TRIM),
                "holds e-mail addresses, as "
                    + catalog.displayName(to, List.of(key.name()))
                    + " does, and no key ties them"));
      }
    }
  }

  private LikelyLink byKey(Table table, Column column, Target target) {
    return new LikelyLink(
        Code.LIKELY_LINK,
        table.id(),
        column.name(),
        null,
        target,
        "is named like the key "
            + catalog.displayName(target.table(), List.of(target.column()))
            + " and has its type, but no foreign key");
  }

  private static boolean ownKey(Table table, Column column) {
    return table.identity().equals(List.of(column.name()));
  }

  /** {@code customer_id}, {@code billing_customer_id}, {@code customerId}, {@code customerid}. */
  private Optional<Target> target(Table table, Column column) {
    NameWords words = NameWords.of(column.name());
    NameWords name = words.withoutLast();
    if (words.words().size() == 1 && words.last().length() > 4 && words.last().endsWith("id")) {
      name = NameWords.of(words.last().substring(0, words.last().length() - 2));
    } else if (!KEY_WORDS.contains(words.last())) {
      return Optional.empty();
    }
    for (int from = 0; from < name.words().size(); from++) {
      NameWords tail = new NameWords(name.words().subList(from, name.words().size()));
      Optional<Target> target =
          byName.getOrDefault(stem(tail), List.of()).stream()
              .sorted(
                  Comparator.comparing((Table t) -> !t.id().schema().equals(table.id().schema()))
                      .thenComparing(Table::id))
              .flatMap(t -> key(t, column).stream())
              .findFirst();
      if (target.isPresent()) {
        return target;
      }
    }
    return Optional.empty();
  }

  private static Optional<Target> key(Table target, Column referring) {
    List<String> identity = target.identity();
    return identity.size() != 1
        ? Optional.empty()
        : target
            .column(identity.get(0))
            .filter(key -> family(key).equals(family(referring)))
            .map(key -> new Target(target.id(), key.name(), Link.Normaliser.NONE));
  }

  private static String family(Column column) {
    if (People.isText(column)) {
      return "text";
    }
    return switch (column.type().replaceAll("\\(.*", "").toLowerCase(Locale.ROOT)) {
      case "smallint", "integer", "bigint", "numeric" -> "number";
      default -> column.type();
    };
  }

  private static String stem(NameWords words) {
    return String.join("", words.singular().words());
  }
}
