package org.lethe.subject.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Category;
import org.lethe.policy.Decisions;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.store.Outcome;
import org.lethe.subject.Mentions;
import org.lethe.subject.Settled;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Looks for what people were known by in every column that holds text or documents, of every table
 * and in the trash: one statement per table for many people. Names are not looked for, since others
 * bear them too, nor numbers, since they mean other things elsewhere. Inside one transaction.
 */
final class Residue {

  /** People looked for in one go: a longer expression costs more than another look. */
  private static final int TOGETHER = 50;

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

  /** Somebody to look for. */
  private record Sought(Request request, String pattern) {}

  /**
   * A place to look at.
   *
   * @param name for people
   * @param contains whether row {@code c} has something that fits an expression of the database
   */
  private record Place(String name, UnaryOperator<String> contains) {}

  /** Searches; rows that a request keeps on a ground may say whose they are. */
  Map<Request, List<Found>> search(Map<Request, SealedPerson> people) {
    Map<Request, List<Found>> found = new LinkedHashMap<>();
    List<Sought> sought = new ArrayList<>();
    people.forEach(
        (request, who) -> {
          String pattern = pattern(who);
          if (!pattern.isEmpty()) {
            sought.add(new Sought(request, pattern));
          }
        });
    for (int from = 0; from < sought.size(); from += TOGETHER) {
      everywhere(sought.subList(from, Math.min(sought.size(), from + TOGETHER)), found);
    }
    return found;
  }

  private void everywhere(List<Sought> sought, Map<Request, List<Found>> found) {
    for (Table table : decisions.catalog().tables().values()) {
      boolean own = decisions.catalog().whole(table.id()).equals(table.id());
      if (own && table.kind() != Table.Kind.FOREIGN) {
        search(sought, dialect.ownRows(table), kept(table), places(table), found);
      }
    }
    Place rows =
        new Place(
            "rows in the trash",
            p -> "exists (select 1 from unnest(c.image) as v where v ~* " + p + ")");
    search(sought, TRASH, "", List.of(rows), found);
    Place labels = new Place("labels in the trash", p -> "c.label ~* " + p);
    search(sought, "lethe.deletion", "", List.of(labels), found);
  }

  private List<Place> places(Table table) {
    String name = decisions.catalog().displayName(table.id());
    return table.columns().stream()
        .filter(c -> !c.generated() && holdsText(c))
        .map(
            c ->
                new Place(
                    name + "." + c.name(), p -> "c." + dialect.quote(c.name()) + "::text ~* " + p))
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
      List<Sought> sought,
      String rows,
      String kept,
      List<Place> places,
      Map<Request, List<Found>> found) {
    if (places.isEmpty()) {
      return;
    }
    String sql =
        """
        select s.request, %s
          from (select * from %s as c where %s) as c
          join unnest(?::uuid[], ?::text[]) as s(request, pattern) on %s
         %s
         group by s.request
        """
            .formatted(
                each(places, "s.pattern", "count(*) filter (where ", ")", ", "),
                rows,
                each(places, "?", "", "", " or "),
                each(places, "s.pattern", "", "", " or "),
                kept);
    String anybody = sought.stream().map(Sought::pattern).collect(Collectors.joining("|"));
    List<Object> arguments = new ArrayList<>();
    places.forEach(p -> arguments.add(anybody));
    arguments.add(sought.stream().map(s -> s.request().id()).toArray(UUID[]::new));
    arguments.add(sought.stream().map(Sought::pattern).toArray(String[]::new));
    Map<UUID, Request> byId =
        sought.stream().collect(Collectors.toMap(s -> s.request().id(), Sought::request));
    jdbc.query(
        sql,
        rs -> {
          Request request = byId.get(rs.getObject(1, UUID.class));
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

  private static String each(
      List<Place> places, String pattern, String before, String after, String between) {
    return places.stream()
        .map(p -> before + p.contains().apply(pattern) + after)
        .collect(Collectors.joining(between));
  }

  private static boolean holdsText(Column column) {
    String type = column.type();
    return column.kind() == Column.TypeKind.DOMAIN
        || column.kind() == Column.TypeKind.ARRAY
        || type.matches("(text|character|char|varchar|bpchar|json|xml|tsvector|.*citext|hstore).*");
  }

  /** What the person alone is known by, each as a word of its own. */
  private String pattern(SealedPerson who) {
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
    return Mentions.pattern(searched);
  }
}
