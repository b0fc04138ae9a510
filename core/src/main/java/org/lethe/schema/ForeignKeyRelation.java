package org.lethe.schema;

import java.util.List;

/**
 * A relation that the database declares.
 *
 * @param foreignKey the declaration; where the same key is declared on every partition, that of the
 *     first
 * @param everywhere whether the database knows the key for all rows of {@code childScan}; false
 *     where some partitions do not declare it, so that it neither checks nor cascades there
 */
public record ForeignKeyRelation(
    String name,
    TableId child,
    TableId parent,
    TableId childScan,
    TableId parentScan,
    ForeignKey foreignKey,
    boolean everywhere)
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
