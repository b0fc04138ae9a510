package org.lethe.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.store.Stores;
import org.lethe.subject.Key;
import org.lethe.subject.Person;
import org.lethe.subject.request.MassErasure;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.RequestException;
import org.lethe.subject.request.Requests;
import org.lethe.trash.LedgerSchema;

/** Requests of people in one database, and in the stores that its policy names. */
record RequestSession(
    Database database, Lethe lethe, Stores stores, Key key, Requests requests, boolean recorded)
    implements AutoCloseable {

  /**
   * Opens it; Lethe's own tables are made or brought up to date.
   *
   * @throws org.lethe.error.InputException if there is no key, or a store cannot be opened
   */
  static RequestSession open(LetheCommand command) {
    Key key = key(command);
    Session session = Session.open(command);
    LedgerSchema.migrate(session.database());
    return within(session, command, key, true);
  }

  /** The same to look only: Lethe's own tables are not made if they are not there. */
  static RequestSession look(LetheCommand command) {
    Key key = key(command);
    return looking(Session.open(command), command, key);
  }

  private static RequestSession looking(Session session, LetheCommand command, Key key) {
    boolean recorded = LedgerSchema.exists(session.database());
    if (recorded) {
      LedgerSchema.migrate(session.database());
    }
    return within(session, command, key, recorded);
  }

  /**
   * The same in a session that is open.
   *
   * @param recorded whether Lethe's own tables are there
   */
  static RequestSession within(Session session, LetheCommand command, Key key, boolean recorded) {
    Stores stores =
        Stores.open(session.lethe().decisions().data().stores(), command.environment()::get);
    return new RequestSession(
        session.database(),
        session.lethe(),
        stores,
        key,
        session.lethe().requests(key, stores.all()),
        recorded);
  }

  /**
   * The same in a session that is open, where there is a key.
   *
   * @throws org.lethe.error.InputException if a store cannot be opened
   */
  static Optional<RequestSession> ifKey(Session session, LetheCommand command) {
    @Nullable String secret = command.environment().get(Key.VARIABLE);
    if (secret == null || secret.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(looking(session, command, Key.of(secret)));
  }

  /** Makes Lethe's own tables, or brings them up to date, for work on many people. */
  RequestSession readyForMany() {
    LedgerSchema.migrate(database);
    return pooled();
  }

  static Key key(LetheCommand command) {
    @Nullable String secret = command.environment().get(Key.VARIABLE);
    return Key.require(secret == null || secret.isBlank() ? null : Key.of(secret));
  }

  /** For work on many people at a time: one connection each for claim, work and every store. */
  RequestSession pooled() {
    database.pool(MassErasure.THREADS * (2 + stores.all().size()) + 6);
    return this;
  }

  /** A person by what was typed. */
  Person person(String subject, String value) {
    return lethe.person(subject, value);
  }

  /**
   * A request by its number or id.
   *
   * @throws RequestException if there is none such
   */
  Request find(String named) {
    if (!recorded) {
      throw new RequestException("there is no request " + named);
    }
    return requests.find(named);
  }

  @Override
  public void close() {
    stores.close();
    database.close();
  }
}
