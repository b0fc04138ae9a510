package org.lethe.plan;

/**
 * How far the data may have moved since a plan was made. Rows that blocks or a changed policy or
 * schema are never tolerated.
 *
 * @param rows most rows, per table and per relation, by which a count may differ; 0 means that the
 *     very same rows must be found
 */
public record Tolerance(long rows) {
  public static final Tolerance NONE = new Tolerance(0);
}
