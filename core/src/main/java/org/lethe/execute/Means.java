package org.lethe.execute;

/**
 * What an executor may make use of to be quick. Immutable.
 *
 * @param nativeCascade whether the database may cascade by itself where its rules are the policy's
 * @param handful up to how many rows are collected by one query; 0 for none
 */
public record Means(boolean nativeCascade, int handful) {

  /** All of it. */
  public static final Means ALL = new Means(true, 2_000);

  /** The same but for the database's cascade. */
  public Means withNativeCascade(boolean allowed) {
    return new Means(allowed, handful);
  }

  /** The same but for the handful. */
  public Means withHandful(int rows) {
    return new Means(nativeCascade, rows);
  }
}
