package org.lethe.server.schema;

import org.jspecify.annotations.Nullable;
import org.lethe.policy.Decision;

/**
 * A relation and what was decided about it.
 *
 * @param name as the policy writes it
 * @param child the table that refers
 * @param parent the table that is referred to
 * @param onDelete as the policy writes it
 * @param owner whose the referring rows are; null where nobody said
 * @param link whether only the policy declares it
 * @param indexMissing whether every removal from the parent reads all of the child
 */
public record RelationView(
    String name,
    String child,
    String parent,
    String onDelete,
    Decision.Origin origin,
    @Nullable String owner,
    boolean link,
    boolean indexMissing) {

  /** Who decided, for people. */
  public String decided() {
    return switch (origin) {
      case POLICY -> "policy";
      case DATABASE -> "database";
      case NOBODY -> "nobody";
      case CHOICE -> "whoever deletes";
    };
  }
}
