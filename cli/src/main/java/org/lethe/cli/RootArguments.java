package org.lethe.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Roots;
import org.lethe.schema.Catalog;
import org.lethe.schema.TableId;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code TABLE KEY...}, {@code TABLE --where predicate} or {@code TABLE -}. */
@SuppressWarnings("NullAway.Init")
final class RootArguments {

  @Parameters(
      index = "0",
      paramLabel = "TABLE",
      description = "table of the rows to start from, schema.table where needed")
  private String table;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY",
      description = "primary keys, one per row (several columns: a,b); - reads them from stdin")
  private List<String> keys = List.of();

  @Option(
      names = "--where",
      paramLabel = "PREDICATE",
      description = "rows that satisfy this SQL predicate, instead of keys")
  private @Nullable String where;

  /** What can be said against them without knowing the database. */
  void check() {
    if (where != null) {
      if (!keys.isEmpty()) {
        throw new UsageException("give keys or --where, not both");
      }
      PredicateCheck.oneExpression(where);
    } else if (keys.isEmpty()) {
      throw new UsageException(
          "which rows of %s? Give their keys, --where \"predicate\", or - for keys from stdin"
              .formatted(table));
    } else if (keys.size() > 1 && keys.contains("-")) {
      throw new UsageException("give keys or - (keys from stdin), not both");
    }
  }

  /**
   * @throws UsageException if the table does not exist or a key has too many or too few parts
   */
  Roots resolve(Catalog catalog, Terminal terminal) {
    TableId id = TableArgument.find(table, catalog);
    if (where != null) {
      return new Roots.Where(id, PredicateCheck.oneExpression(where));
    }
    List<String> given = keys.equals(List.of("-")) ? terminal.readLines("keys") : keys;
    return new Roots.Keys(id, given.stream().map(k -> KeyText.parse(k, id, catalog)).toList());
  }
}
