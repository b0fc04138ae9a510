package org.lethe.schema;

import java.util.List;

/**
 * One way in which rows of {@link #child()} hang on rows of {@link #parent()}: a foreign key, or a
 * {@link Link} declared in the policy where no foreign key exists.
 *
 * <p>{@code child} and {@code parent} are the tables people think of: for a partition, the
 * partitioned table. {@code childScan} and {@code parentScan} are where the rows are looked for;
 * they differ only where the partitions' foreign keys disagree, or point at single partitions.
 */
public sealed interface Relation permits ForeignKeyRelation, Link {

  /** The name by which the policy speaks of it, such as {@code invoice.customer_id}. */
  String name();

  TableId child();

  TableId parent();

  TableId childScan();

  TableId parentScan();

  /** Referencing columns; pairwise with {@link #parentColumns()}. */
  List<String> childColumns();

  List<String> parentColumns();

  default boolean selfReference() {
    return child().equals(parent());
  }
}
