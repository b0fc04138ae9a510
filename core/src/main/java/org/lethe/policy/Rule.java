package org.lethe.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.TableId;

/**
 * A retention rule: what happens by itself to rows that are old enough. Immutable.
 *
 * @param where an SQL condition on the table's rows; null for all. It is the operator's own SQL
 * @param olderThan columns with a date or time, and the age that each must have reached; a row
 *     without a time is not old
 * @param take what those lose whose accounts are deactivated; empty for all other rules
 */
public record Rule(
    String name,
    TableId table,
    @Nullable String where,
    Map<String, Age> olderThan,
    Schedule schedule,
    Action action,
    Set<Belonging> take) {

  public Rule {
    take = Set.copyOf(take);
    olderThan = Collections.unmodifiableMap(new LinkedHashMap<>(olderThan));
  }

  /** What may be taken from an account that is deactivated; it comes back when its person does. */
  public enum Belonging {
    GROUPS,
    PERMISSIONS,
    /** Staff and superuser status. */
    STAFF
  }

  /** What happens to the rows. */
  public enum Action {
    /** Gone for good, with all that hangs on them. */
    DELETE,
    /** Into the trash, with all that hangs on them. */
    SOFT_DELETE,
    /** Accounts that may not sign in any more; nothing is deleted. */
    DEACTIVATE,
    /** People are erased as if they had asked for it: everywhere, each by a request. */
    ERASE;

    /** As the policy writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
