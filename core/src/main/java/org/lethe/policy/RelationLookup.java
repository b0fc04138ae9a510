package org.lethe.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Names;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** Finds the foreign key relations that a policy's names mean. */
final class RelationLookup {

  private final Catalog catalog;
  private final NameLookup names;

  RelationLookup(Catalog catalog, NameLookup names) {
    this.catalog = catalog;
    this.names = names;
  }

  /** Says, for people, why a name means no relation. */
  static final class Unknown extends Exception {
    private static final long serialVersionUID = 1L;
    private final String fix;

    Unknown(String message, String fix) {
      super(message, null, false, false);
      this.fix = fix;
    }

    String fix() {
      return fix;
    }
  }

  /**
   * The relations meant; several only if the table is partitioned and its partitions declare the
   * foreign key each for itself.
   */
  List<ForeignKeyRelation> find(String text) throws Unknown {
    ColumnsName name = parse(text);
    TableId table = table(name.table());
    Set<String> columns = columns(table, name);
    List<ForeignKeyRelation> found = onColumns(table, columns);
    if (found.isEmpty()) {
      throw noForeignKey(text, table, columns);
    }
    if (!name.target().isEmpty()) {
      found = towards(found, text, name);
    }
    if (!oneMeaning(found)) {
      throw new Unknown(
          "\"%s\" means any of %d foreign keys".formatted(text, found.size()),
          "say which: "
              + String.join(" or ", found.stream().map(ForeignKeyRelation::name).toList()));
    }
    return found;
  }

  private static ColumnsName parse(String text) throws Unknown {
    ColumnsName name;
    try {
      name = ColumnsName.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Unknown(
          String.valueOf(e.getMessage()), "write table.column or table(column, column)");
    }
    if (!name.conditions().isEmpty()) {
      throw new Unknown(
          "\"%s\" has a condition, and a foreign key has none".formatted(text),
          "declare it under links, which may have conditions");
    }
    return name;
  }

  private TableId table(List<String> parts) throws Unknown {
    Optional<TableId> table = names.table(parts);
    if (table.isEmpty()) {
      String written = Names.join(parts.toArray(String[]::new));
      throw new Unknown("there is no table " + written, names.tableFix(parts));
    }
    return table.get();
  }

  private Set<String> columns(TableId id, ColumnsName name) throws Unknown {
    Table table = catalog.table(id);
    Set<String> columns = new LinkedHashSet<>();
    for (String written : name.columns()) {
      Optional<String> column = NameLookup.column(table, written);
      if (column.isEmpty()) {
        throw new Unknown(
            "the table %s has no column %s".formatted(catalog.displayName(id), written),
            NameLookup.columnFix(table, written));
      }
      columns.add(column.get());
    }
    return columns;
  }

  /** On this very table first, else on what it is a part of. */
  private List<ForeignKeyRelation> onColumns(TableId table, Set<String> columns) {
    List<ForeignKeyRelation> exact = new ArrayList<>();
    List<ForeignKeyRelation> parts = new ArrayList<>();
    for (ForeignKeyRelation r : catalog.relations()) {
      if (Set.copyOf(r.childColumns()).equals(columns)) {
        if (r.childScan().equals(table)) {
          exact.add(r);
        } else if (r.child().equals(table) || r.childScan().equals(catalog.whole(table))) {
          parts.add(r);
        }
      }
    }
    return exact.isEmpty() ? parts : exact;
  }

  private List<ForeignKeyRelation> towards(
      List<ForeignKeyRelation> found, String text, ColumnsName name) throws Unknown {
    TableId target = table(name.target());
    List<ForeignKeyRelation> matching =
        found.stream()
            .filter(
                r ->
                    r.parentScan().equals(target)
                        || r.parent().equals(target)
                        || r.parent().equals(catalog.whole(target)))
            .filter(
                r -> name.constraint() == null || r.foreignKey().name().equals(name.constraint()))
            .toList();
    if (matching.isEmpty()) {
      throw new Unknown(
          "no foreign key is \"" + text + "\"",
          "did you mean "
              + String.join(" or ", found.stream().map(ForeignKeyRelation::name).toList())
              + "?");
    }
    if (matching.size() > 1 && name.constraint() == null) {
      // Two keys to the same table: the first goes by the plain name, see PartitionFolding.
      List<ForeignKeyRelation> plain =
          matching.stream().filter(r -> !r.name().endsWith(")") || r.name().equals(text)).toList();
      return plain.size() == 1 ? plain : matching;
    }
    return matching;
  }

  /** Whether all say the same of different partitions, so that one name may mean them all. */
  private static boolean oneMeaning(List<ForeignKeyRelation> found) {
    return found.stream().map(ForeignKeyRelation::childScan).distinct().count() == found.size()
        && found.stream().map(r -> List.of(r.parent(), r.parentColumns())).distinct().count() == 1;
  }

  private Unknown noForeignKey(String text, TableId table, Set<String> columns) {
    List<String> there =
        catalog.relations().stream()
            .filter(r -> r.child().equals(catalog.whole(table)))
            .map(r -> names.written(r.childScan(), r.childColumns()))
            .distinct()
            .toList();
    String fix =
        there.isEmpty()
            ? "declare it under links if it refers to another table all the same"
            : Nearest.fix(names.written(table, List.copyOf(columns)), there, "its foreign keys");
    return new Unknown("no foreign key is on " + text, fix);
  }
}
