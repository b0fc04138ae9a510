package org.lethe.policy;

/** Where data came from, which decides whether it is portable (GDPR article 20). */
public enum Portable {
  /** The person gave it. Portable. */
  PROVIDED,
  /** It was seen while they used the service. Portable. */
  OBSERVED,
  /** It was made from other data. Not portable. */
  DERIVED
}
