package org.lethe.checklist;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Index;
import org.lethe.schema.Table;

/**
 * Foreign keys whose referencing columns no index leads with: each removal of a target then reads
 * the whole referencing table, in Lethe and in the database's own check alike.
 */
public final class MissingIndexes {

  private static final Pattern IS_NOT_NULL =
      Pattern.compile(
          "\\(*\\s*(\"(?:[^\"]|\"\")+\"|[\\w$]+)\\s+IS\\s+NOT\\s+NULL\\s*\\)*",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

  private MissingIndexes() {}

  static List<Finding> find(Scope scope) {
    Catalog catalog = scope.catalog();
    List<Finding> findings = new ArrayList<>();
    for (ForeignKeyRelation relation : scope.relations()) {
      Table child = catalog.table(relation.childScan());
      if (scope.includes(child.id()) && missing(catalog, relation)) {
        findings.add(finding(scope, relation, child));
      }
    }
    return findings;
  }

  /** Whether rows that refer by this key are found only by reading all of their table. */
  public static boolean missing(Catalog catalog, ForeignKeyRelation relation) {
    Table child = catalog.table(relation.childScan());
    return child.kind() != Table.Kind.FOREIGN && !served(catalog, child, relation.childColumns());
  }

  private static Finding finding(Scope scope, ForeignKeyRelation relation, Table child) {
    Catalog catalog = scope.catalog();
    Dialect dialect = scope.dialect();
    // PostgreSQL builds no index on a partitioned table concurrently.
    boolean partitioned = child.kind() == Table.Kind.PARTITIONED;
    return Finding.of(
        Code.MISSING_INDEX,
        relation.name(),
        "no index serves this key: every removal from "
            + catalog.displayName(relation.parent())
            + " reads all of "
            + catalog.displayName(child.id()),
        "create index "
            + (partitioned ? "" : "concurrently ")
            + "on "
            + dialect.quote(child.id())
            + " ("
            + dialect.quote(relation.childColumns())
            + ");");
  }

  /** By an index of the table itself, or, for a partitioned table, of every one of its leaves. */
  private static boolean served(Catalog catalog, Table table, List<String> columns) {
    if (table.indexes().stream().anyMatch(i -> serves(i, columns))) {
      return true;
    }
    return !table.partitions().isEmpty()
        && table.partitions().stream()
            .map(catalog::table)
            .allMatch(leaf -> leaf.indexes().stream().anyMatch(i -> serves(i, columns)));
  }

  /** Whether rows can be looked up by these columns, in whatever order the index has them. */
  static boolean serves(Index index, List<String> columns) {
    Set<String> wanted = new HashSet<>(columns);
    if (index.parts().size() < wanted.size() || !complete(index, wanted)) {
      return false;
    }
    return switch (index.method().toLowerCase(Locale.ROOT)) {
      case "btree" -> wanted.equals(new HashSet<>(index.parts().subList(0, wanted.size())));
      case "hash" -> index.parts().size() == 1 && wanted.contains(index.parts().get(0));
      default -> false;
    };
  }

  /** A partial index serves if it leaves out only rows that refer to nothing anyway. */
  private static boolean complete(Index index, Set<String> columns) {
    if (index.predicate() == null) {
      return true;
    }
    for (String condition : index.predicate().split("(?i)\\s+AND\\s+", -1)) {
      Matcher m = IS_NOT_NULL.matcher(condition.strip());
      if (!m.matches() || !columns.contains(unquoted(m.group(1)))) {
        return false;
      }
    }
    return true;
  }

  private static String unquoted(String identifier) {
    return identifier.startsWith("\"")
        ? identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"")
        : identifier;
  }
}
