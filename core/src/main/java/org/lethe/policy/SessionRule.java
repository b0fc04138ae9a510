package org.lethe.policy;

/** What ends the sessions of an account, as the policy writes it. */
public sealed interface SessionRule {

  /**
   * A statement in the same database, in the same transaction.
   *
   * @param sql with {@code :id}, {@code :login} or {@code :email} where those of the account belong
   */
  record Sql(String sql) implements SessionRule {}

  /**
   * What another store has of the account, such as keys in Redis; erased once the deactivation is
   * committed.
   *
   * @param store whose patterns name {@code {id}}, {@code {login}} or {@code {email}}
   */
  record InStore(StoreRule store) implements SessionRule {}
}
