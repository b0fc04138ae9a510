package org.lethe.policy;

import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * How requests of people are handled. Immutable.
 *
 * @param law whose deadlines hold
 * @param secondPerson whether somebody else than the one who collected must approve an erasure
 * @param folder where exports are put until they are fetched; null for the usual place
 * @param keepExports how long an export can be fetched
 * @param erasures the file kept elsewhere that remembers, by keyed hashes only, who was erased;
 *     null where the policy names none
 * @param mail how people are mailed; null where the policy does not say
 */
public record RequestRules(
    Law law,
    boolean secondPerson,
    @Nullable String folder,
    Period keepExports,
    @Nullable String erasures,
    @Nullable MailRules mail) {

  /** What holds where nothing is said. */
  public static final RequestRules USUAL =
      new RequestRules(Law.GDPR, false, null, Period.ofDays(7), null, null);

  RequestRules mailing(@Nullable MailRules how) {
    return new RequestRules(law, secondPerson, folder, keepExports, erasures, how);
  }

  /** A law with deadlines. */
  public enum Law {
    /** One month, and two more with a reason (article 12(3)). */
    GDPR(Period.ofMonths(1), Period.ofMonths(2)),
    /** 45 days, and 45 more with a reason (California Civil Code 1798.130(a)(2)). */
    CCPA(Period.ofDays(45), Period.ofDays(45));

    private final Period deadline;
    private final Period extension;

    Law(Period deadline, Period extension) {
      this.deadline = deadline;
      this.extension = extension;
    }

    public Period deadline() {
      return deadline;
    }

    public Period extension() {
      return extension;
    }
  }
}
