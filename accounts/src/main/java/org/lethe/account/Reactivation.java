package org.lethe.account;

import java.util.List;

/**
 * What came back with an account.
 *
 * @param groups names of those it is in again
 * @param permissions it has again
 * @param staff whether it got that status back
 * @param superuser whether it got that status back
 * @param changedMeanwhile what could not be brought back as it was, and why, for people
 */
public record Reactivation(
    Account account,
    List<String> groups,
    List<String> permissions,
    boolean staff,
    boolean superuser,
    List<String> changedMeanwhile) {
  public Reactivation {
    groups = List.copyOf(groups);
    permissions = List.copyOf(permissions);
    changedMeanwhile = List.copyOf(changedMeanwhile);
  }
}
