package org.lethe.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.TableId;

/**
 * Where the application keeps its accounts. Immutable.
 *
 * @param active the boolean column that says whether an account may sign in
 * @param deactivatedAt the column for when it was deactivated; null where there is none
 * @param deactivatedBy the column for who did it; null where there is none
 * @param deactivatedWhy the column for the reason; null where there is none
 * @param columns what else is known of an account
 * @param groups the groups accounts are in; null where the policy names none
 * @param sessions what ends the sessions of one whose account is deactivated
 * @param keep an SQL condition on the rows of accounts that nobody deactivates; null where there
 *     are none. It is the operator's own SQL, and calls rows by the table's own name
 * @param django whether they are laid out as Django does it: its permissions are known then
 * @param deletedUser the key of the account that stands in for those that are gone; null where the
 *     policy names none
 */
public record Accounts(
    TableId table,
    String active,
    @Nullable String deactivatedAt,
    @Nullable String deactivatedBy,
    @Nullable String deactivatedWhy,
    Columns columns,
    @Nullable Groups groups,
    List<SessionRule> sessions,
    @Nullable String keep,
    boolean django,
    @Nullable String deletedUser) {

  public Accounts {
    sessions = List.copyOf(sessions);
  }

  /**
   * Columns of the table; null where there is none.
   *
   * @param login what people sign in with
   * @param name for people: put together from several where there are several
   * @param password a hash in Django's form, or of bcrypt
   * @param staff boolean: may sign in to Lethe
   * @param superuser boolean: may do everything
   */
  public record Columns(
      @Nullable String login,
      @Nullable String email,
      List<String> name,
      @Nullable String password,
      @Nullable String staff,
      @Nullable String superuser,
      @Nullable String joined,
      @Nullable String lastLogin) {

    /** Nothing else is known. */
    public static final Columns NONE =
        new Columns(null, null, List.of(), null, null, null, null, null);

    public Columns {
      name = List.copyOf(name);
    }
  }

  /**
   * Groups and who is in them.
   *
   * @param id the column of {@code table} that {@code group} refers to
   * @param account the column of {@code memberships} with the key of the account
   */
  public record Groups(
      TableId table, String id, String name, TableId memberships, String account, String group) {}
}
