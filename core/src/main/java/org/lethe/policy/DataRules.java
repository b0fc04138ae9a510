package org.lethe.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.lethe.schema.TableId;

/**
 * What the policy says of people's data: whose it is, what sort, and what becomes of it. Immutable.
 *
 * @param tables those of which something is said
 * @param subjects by name, in the policy's order
 * @param stores where else data lives, in the policy's order
 */
public record DataRules(
    Map<TableId, TableRule> tables,
    Map<String, SubjectType> subjects,
    List<StoreRule> stores,
    Information information,
    RequestRules requests) {

  /** What holds where nothing is said. */
  public static final DataRules NONE =
      new DataRules(Map.of(), Map.of(), List.of(), Information.NONE, RequestRules.USUAL);

  public DataRules {
    tables = Map.copyOf(tables);
    subjects = Collections.unmodifiableMap(new LinkedHashMap<>(subjects));
    stores = List.copyOf(stores);
  }

  public TableRule table(TableId table) {
    return tables.getOrDefault(table, TableRule.UNSAID);
  }

  public ColumnRule column(TableId table, String column) {
    return table(table).column(column);
  }

  /** Every column of which it is said how it is handed out. */
  public void eachExport(BiConsumer<ColumnId, ExportRule> work) {
    tables.forEach(
        (table, rule) ->
            rule.columns()
                .forEach(
                    (column, said) -> {
                      if (said.export() != null) {
                        work.accept(new ColumnId(table, column), said.export());
                      }
                    }));
  }

  /** A subject by its name. */
  public Optional<SubjectType> subject(String name) {
    return Optional.ofNullable(subjects.get(name));
  }
}
