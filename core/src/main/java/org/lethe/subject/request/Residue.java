package org.lethe.subject.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Category;
import org.lethe.policy.Decisions;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.subject.Mentions;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Looks for what a person was known by in every column that holds text or documents, of every table
 * and in the trash: one statement per table. Names are not looked for, since others bear them too,
 * nor numbers, since they mean other things elsewhere. Inside one transaction.
 */
final class Residue {

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;

  Residue(Decisions decisions, Dialect dialect, JdbcOperations jdbc) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
  }

  /** A column in which something was found. */
  record Found(String column, long rows) {}

  /** Searches; rows that the request keeps on a ground may say whose they are. */
  List<Found> search(Request request, SealedPerson who) {
    String pattern = pattern(who);
    if (pattern.isEmpty()) {
      return List.of();
    }
    List<Found> found = new ArrayList<>();
    for (Table table : decisions.catalog().tables().values()) {
      boolean own = decisions.catalog().whole(table.id()).equals(table.id());
      if (own && table.kind() != Table.Kind.FOREIGN) {
        search(request, table, pattern, found);
      }
    }
    trash(pattern, found);
    return found;
  }

  private void search(Request request, Table table, String pattern, List<Found> found) {
    List<Column> texts =
        table.columns().stream().filter(c -> !c.generated() && holdsText(c)).toList();
    if (texts.isEmpty()) {
      return;
    }
    String counts =
        texts.stream()
            .map(c -> "count(*) filter (where c.%s::text ~* ?)".formatted(dialect.quote(c.name())))
            .collect(Collectors.joining(", "));
    List<Object> arguments = new ArrayList<>();
    texts.forEach(c -> arguments.add(pattern));
    String kept = "";
    if (!table.identity().isEmpty()) {
      kept =
          " where not exists (select 1 from lethe.request_row as r where r.request_id = ? and r.table_schema = ? and r.table_name = ? and r.key = array[%s])"
              .formatted(
                  table.identity().stream()
                      .map(c -> "c." + dialect.quote(c) + "::text")
                      .collect(Collectors.joining(", ")));
      arguments.add(request.id());
      arguments.add(table.id().schema());
      arguments.add(table.id().name());
    }
    jdbc.query(
        "select %s from %s as c%s".formatted(counts, dialect.ownRows(table), kept),
        rs -> {
          for (int i = 0; i < texts.size(); i++) {
            long rows = rs.getLong(i + 1);
            if (rows > 0) {
              found.add(
                  new Found(
                      decisions.catalog().displayName(table.id()) + "." + texts.get(i).name(),
                      rows));
            }
          }
        },
        arguments.toArray());
  }

  private void trash(String pattern, List<Found> found) {
    jdbc.query(
        """
        select (select count(*) from lethe.archived_row as r join lethe.deletion as d using (deletion_id)
                 where d.state = 'in_trash' and exists (select 1 from unnest(r.image) as v where v ~* ?)),
               (select count(*) from lethe.deletion where label ~* ?)
        """,
        rs -> {
          if (rs.getLong(1) > 0) {
            found.add(new Found("rows in the trash", rs.getLong(1)));
          }
          if (rs.getLong(2) > 0) {
            found.add(new Found("labels in the trash", rs.getLong(2)));
          }
        },
        pattern,
        pattern);
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
