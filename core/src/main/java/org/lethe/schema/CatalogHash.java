package org.lethe.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.hash.Fingerprint;

/**
 * Fingerprints the parts of a catalog that a plan relies on. Each fact goes in with its length, so
 * that no name, however odd, makes two catalogs look alike.
 */
final class CatalogHash {

  private final Fingerprint fingerprint = new Fingerprint();

  private CatalogHash() {}

  static String of(Catalog catalog) {
    CatalogHash hash = new CatalogHash();
    catalog.tables().values().forEach(hash::table);
    catalog.foreignKeys().stream()
        .sorted(Comparator.comparing(ForeignKey::table).thenComparing(ForeignKey::name))
        .forEach(hash::foreignKey);
    return hash.fingerprint.hex();
  }

  private void table(Table table) {
    facts("table", table.id(), table.kind(), table.rowSecurity());
    facts(table.partitionRoot(), table.partitionedBy());
    list(table.parents());
    table.columns().forEach(this::column);
    table.keys().stream().sorted(Comparator.comparing(Key::name)).forEach(this::key);
    table.triggers().stream()
        .sorted(Comparator.comparing(Trigger::name).thenComparing(Trigger::kind))
        .forEach(this::trigger);
  }

  private void column(Column column) {
    facts("column", column.name(), column.type(), column.nullable(), column.generated());
    facts(column.identity(), column.defaultExpression());
  }

  private void key(Key key) {
    facts("key", key.name(), key.primary(), key.deferrable());
    list(key.columns());
  }

  private void trigger(Trigger trigger) {
    facts("trigger", trigger.name(), trigger.kind(), trigger.forEachRow(), trigger.enabled());
    facts(trigger.function());
    list(trigger.events().stream().sorted().toList());
  }

  private void foreignKey(ForeignKey key) {
    facts("foreign key", key.name(), key.table(), key.target(), key.onDelete());
    list(key.columns());
    list(key.targetColumns());
    list(key.setColumns());
    facts(key.deferrable(), key.initiallyDeferred(), key.matchFull());
    facts(key.validated(), key.enforced());
  }

  private void list(Collection<?> items) {
    number(items.size());
    items.forEach(this::fact);
  }

  private void facts(@Nullable Object... facts) {
    for (Object fact : facts) {
      fact(fact);
    }
  }

  private void fact(@Nullable Object fact) {
    if (fact instanceof TableId id) {
      list(List.of(id.schema(), id.name()));
    } else {
      fingerprint.add(fact);
    }
  }

  private void number(int number) {
    fingerprint.add(number);
  }
}
