package org.lethe.account;

import org.jspecify.annotations.Nullable;

/**
 * Which accounts of a directory are wanted, and in which order. Immutable.
 *
 * @param text each word of it must be somewhere in login, name or e-mail, letter case ignored; null
 *     for any
 * @param active null for any; false for those that are deactivated
 * @param staff null for any
 * @param superuser null for any
 * @param group the key of a group; null for any
 * @param after where the page before ended: its {@link AccountPage#next}; null for the first page
 * @param limit of a page, 1 or more
 */
public record AccountQuery(
    @Nullable String text,
    @Nullable Boolean active,
    @Nullable Boolean staff,
    @Nullable Boolean superuser,
    @Nullable String group,
    Order order,
    boolean descending,
    @Nullable String after,
    int limit) {

  /** What accounts are put in order by; equals are told apart by their keys. */
  public enum Order {
    LOGIN,
    NAME,
    EMAIL,
    JOINED,
    LAST_LOGIN
  }

  /** All accounts, by login, 50 to a page. */
  public static final AccountQuery ALL =
      new AccountQuery(null, null, null, null, null, Order.LOGIN, false, null, 50);

  public AccountQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has room for one account at least");
    }
    text = text == null || text.isBlank() ? null : text.strip();
  }

  public AccountQuery text(@Nullable String wanted) {
    return new AccountQuery(
        wanted, active, staff, superuser, group, order, descending, after, limit);
  }

  public AccountQuery active(@Nullable Boolean wanted) {
    return new AccountQuery(text, wanted, staff, superuser, group, order, descending, after, limit);
  }

  public AccountQuery staff(@Nullable Boolean wanted) {
    return new AccountQuery(
        text, active, wanted, superuser, group, order, descending, after, limit);
  }

  public AccountQuery superuser(@Nullable Boolean wanted) {
    return new AccountQuery(text, active, staff, wanted, group, order, descending, after, limit);
  }

  public AccountQuery group(@Nullable String key) {
    return new AccountQuery(text, active, staff, superuser, key, order, descending, after, limit);
  }

  public AccountQuery order(Order wanted, boolean downwards) {
    return new AccountQuery(text, active, staff, superuser, group, wanted, downwards, after, limit);
  }

  public AccountQuery after(@Nullable String next) {
    return new AccountQuery(text, active, staff, superuser, group, order, descending, next, limit);
  }

  public AccountQuery limit(int most) {
    return new AccountQuery(text, active, staff, superuser, group, order, descending, after, most);
  }
}
