package org.lethe.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.store.Stores;
import org.lethe.subject.Key;
import org.lethe.subject.Person;
import org.lethe.subject.request.MassErasure;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.Requests;
import org.lethe.trash.LedgerSchema;

/** Requests of people in one database, and in the stores that its policy names. */
record RequestSession(Database database, Lethe lethe, Stores stores, Key key, Requests requests)
    implements AutoCloseable {

  /**
   * Opens it; Lethe's own tables are made or brought up to date.
   *
   * @throws org.lethe.error.InputException if there is no key, or a store cannot be opened
   */
  static RequestSession open(LetheCommand command) {
    Key key = key(command);
    return within(Session.open(command), command, key);
  }

  private static RequestSession within(Session session, LetheCommand command, Key key) {
    LedgerSchema.migrate(session.database());
    Stores stores =
        Stores.open(session.lethe().decisions().data().stores(), command.environment()::get);
    return new RequestSession(
        session.database(),
        session.lethe(),
        stores,
        key,
        session.lethe().requests(key, stores.all()));
  }

  /**
   * The same in a session that is open, where there is a key.
   *
   * @throws org.lethe.error.InputException if a store cannot be opened
   */
  static Optional<RequestSession> ifKey(Session session, LetheCommand command) {
    @Nullable String secret = command.environment().get(Key.VARIABLE);
    return secret == null || secret.isBlank()
        ? Optional.empty()
        : Optional.of(within(session, command, Key.of(secret)).pooled());
  }

  static Key key(LetheCommand command) {
    @Nullable String secret = command.environment().get(Key.VARIABLE);
    return Key.require(secret == null || secret.isBlank() ? null : Key.of(secret));
  }

  /** For work on many people at a time. */
  static RequestSession openForMany(LetheCommand command) {
    return open(command).pooled();
  }

  // One connection holds the claim, one works, and one for each store.
  private RequestSession pooled() {
    database.pool(MassErasure.THREADS * (2 + stores.all().size()) + 6);
    return this;
  }

  /** A person by what was typed. */
  Person person(String subject, String value) {
    return lethe.person(subject, value);
  }

  Request find(String named) {
    return requests.find(named);
  }

  @Override
  public void close() {
    stores.close();
    database.close();
  }
}
