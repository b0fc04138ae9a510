package org.lethe.subject.request;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Category;
import org.lethe.policy.Decisions;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.store.Outcome;
import org.lethe.subject.Settled;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Looks for what people were known by in every column that holds text or documents, of every table
 * and in the trash: one statement per table, however many people. Names are not looked for, since
 * others bear them too, nor numbers, since they mean other things elsewhere. Inside one
 * transaction.
 */
final class Residue {

  /** So many people one expression finds sooner than their words do. */
  private static final int FEW = 5;

  private static final String TRASH =
      """
      (select r.image, d.label from lethe.archived_row as r join lethe.deletion as d using (deletion_id)
        where d.state = 'in_trash')""";

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;

  Residue(Decisions decisions, Dialect dialect, JdbcOperations jdbc) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
  }

  /** A column in which something was found. */
  record Found(String column, long rows) {

    Settled settled() {
      return new Settled(
          Settled.DATABASE, column, Outcome.UNSUPPORTED, rows, "still mentions the person", null);
    }
  }

  /** Searches; rows that a request keeps on a ground may say whose they are. */
  Map<Request, List<Found>> search(Map<Request, SealedPerson> people) {
    Map<Request, List<Found>> found = new LinkedHashMap<>();
    List<Sought> sought = new ArrayList<>();
    people.forEach(
        (request, who) -> {
          Set<String> texts = texts(who);
          if (!texts.isEmpty()) {
            sought.add(new Sought(request, texts));
          }
        });
    Map<Sought, List<String>> byWords = sought.size() > FEW ? words(sought) : Map.of();
    sought.removeAll(byWords.keySet());
    for (int from = 0; from < sought.size(); from += FEW) {
      everywhere(
          new Pick.ByPattern(sought.subList(from, Math.min(sought.size(), from + FEW))),
          people.keySet(),
          found);
    }
    if (!byWords.isEmpty()) {
      // A plan for any list of words would compare with each of them instead of hashing them.
      jdbc.query("select set_config('plan_cache_mode', 'force_custom_plan', true)", rs -> {});
      everywhere(new Pick.ByWords(byWords), people.keySet(), found);
    }
    return found;
  }

  /** A word of each text that is looked for; only people of whose every text there is one. */
  private Map<Sought, List<String>> words(List<Sought> sought) {
    List<String> texts = sought.stream().flatMap(s -> s.texts().stream()).distinct().toList();
    Map<String, String> byText = new HashMap<>();
    jdbc.query(
        "select t.text, %s from unnest(?::text[]) as t(text)"
            .formatted(Pick.ByWords.apart("t.text")),
        rs -> {
          String text = rs.getString(1);
          Sought.word(text, List.of((String[]) rs.getArray(2).getArray()))
              .ifPresent(word -> byText.put(text, word));
        },
        (Object) texts.toArray(String[]::new));
    Map<Sought, List<String>> words = new LinkedHashMap<>();
    for (Sought one : sought) {
      if (byText.keySet().containsAll(one.texts())) {
        words.put(
            one,
            one.texts().stream()
                .map(t -> Objects.requireNonNull(byText.get(t)))
                .distinct()
                .toList());
      }
    }
    return words;
  }

  private void everywhere(Pick pick, Set<Request> people, Map<Request, List<Found>> found) {
    Map<UUID, Request> byId = people.stream().collect(Collectors.toMap(Request::id, r -> r));
    for (Table table : decisions.catalog().tables().values()) {
      boolean own = decisions.catalog().whole(table.id()).equals(table.id());
      if (own && table.kind() != Table.Kind.FOREIGN) {
        search(pick, dialect.ownRows(table), kept(table), places(table), byId, found);
      }
    }
    Place rows =
        new Place(
            "rows in the trash",
            "array_to_string(c.image, ' ')",
            p -> "exists (select 1 from unnest(c.image) as v where v ~* " + p + ")");
    search(pick, TRASH, "", List.of(rows), byId, found);
    Place labels = new Place("labels in the trash", "c.label", p -> "c.label ~* " + p);
    search(pick, "lethe.deletion", "", List.of(labels), byId, found);
  }

  private List<Place> places(Table table) {
    String name = decisions.catalog().displayName(table.id());
    return table.columns().stream()
        .filter(c -> !c.generated() && holdsText(c))
        .map(
            c -> {
              String text = "c." + dialect.quote(c.name()) + "::text";
              return new Place(name + "." + c.name(), text, p -> text + " ~* " + p);
            })
        .toList();
  }

  /** Where rows are left out that a request keeps. */
  private String kept(Table table) {
    if (table.identity().isEmpty()) {
      return "";
    }
    return """
           where not exists (select 1 from lethe.request_row as r
                              where r.request_id = s.request and r.table_schema = %s
                                and r.table_name = %s and r.key = array[%s])
          """
        .formatted(
            dialect.literal(table.id().schema()),
            dialect.literal(table.id().name()),
            table.identity().stream()
                .map(c -> "c." + dialect.quote(c) + "::text")
                .collect(Collectors.joining(", ")));
  }

  /** Rows that mention anybody are picked out first, in one look; then it is seen whom. */
  private void search(
      Pick pick,
      String rows,
      String kept,
      List<Place> places,
      Map<UUID, Request> people,
      Map<Request, List<Found>> found) {
    if (places.isEmpty()) {
      return;
    }
    String sql =
        """
        select s.request, %s
          from (select * from %s as c where %s) as c
          join %s on %s
         %s
         group by s.request
        """
            .formatted(
                places.stream()
                    .map(p -> "count(*) filter (where %s)".formatted(p.contains("s.pattern")))
                    .collect(Collectors.joining(", ")),
                rows,
                pick.rows(places),
                pick.people(places),
                places.stream()
                    .map(p -> p.contains("s.pattern"))
                    .collect(Collectors.joining(" or ")),
                kept);
    List<Object> arguments = new ArrayList<>(pick.rowArguments(places));
    arguments.addAll(pick.peopleArguments());
    jdbc.query(
        sql,
        rs -> {
          Request request = people.get(rs.getObject(1, UUID.class));
          for (int i = 0; i < places.size(); i++) {
            long count = rs.getLong(i + 2);
            if (request != null && count > 0) {
              found
                  .computeIfAbsent(request, r -> new ArrayList<>())
                  .add(new Found(places.get(i).name(), count));
            }
          }
        },
        arguments.toArray());
  }

  private static boolean holdsText(Column column) {
    String type = column.type();
    return column.kind() == Column.TypeKind.DOMAIN
        || column.kind() == Column.TypeKind.ARRAY
        || type.matches("(text|character|char|varchar|bpchar|json|xml|tsvector|.*citext|hstore).*");
  }

  /** What the person alone is known by, each to be found as a word of its own. */
  private Set<String> texts(SealedPerson who) {
    Set<String> searched = new TreeSet<>();
    var type = decisions.data().subject(who.subject().type());
    who.subject()
        .identifiers()
        .forEach(
            (column, values) -> {
              Category category =
                  type.map(t -> decisions.data().column(t.table(), column).category()).orElse(null);
              boolean shared =
                  category == Category.NAME
                      || category == Category.IDENTITY
                      || category == Category.ADDRESS;
              if (!shared) {
                values.stream()
                    .map(String::strip)
                    .filter(v -> v.length() >= 5 && !v.matches("[0-9]+"))
                    .forEach(searched::add);
              }
            });
    return searched;
  }
}
