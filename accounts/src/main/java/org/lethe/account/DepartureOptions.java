package org.lethe.account;

/**
 * What is taken from an account whose person leaves, beside its sessions and tokens. All of it is
 * remembered and can be brought back.
 *
 * @param groups takes it out of all groups
 * @param permissions takes the permissions it has by itself
 * @param staff takes staff and superuser status
 */
public record DepartureOptions(boolean groups, boolean permissions, boolean staff) {

  /** Nothing more: who comes back finds everything as it was. */
  public static final DepartureOptions NOTHING = new DepartureOptions(false, false, false);

  /** All of it, also what is brought back where it was taken. */
  public static final DepartureOptions ALL = new DepartureOptions(true, true, true);
}
