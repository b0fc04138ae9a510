package org.lethe.schema;

import java.util.List;

/**
 * A relation that the database declares.
 *
 * @param foreignKey the declaration; where the same key is declared on every partition, that of the
 *     first
 */
public record ForeignKeyRelation(
    String name,
    TableId child,
    TableId parent,
    TableId childScan,
    TableId parentScan,
    ForeignKey foreignKey)
    implements Relation {

  @Override
  public List<String> childColumns() {
    return foreignKey.columns();
  }

  @Override
  public List<String> parentColumns() {
    return foreignKey.targetColumns();
  }
}
