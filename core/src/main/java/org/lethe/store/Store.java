package org.lethe.store;

import java.util.List;
import java.util.function.Consumer;

/**
 * A place outside this database where data of people lives. Every call is idempotent: run again
 * after a crash, it does what is left to do and changes nothing more. Calls may come from several
 * threads, each for another person.
 *
 * <p>Whoever implements this need not retry, log or wait: callers do, and treat each store apart
 * from the others. What fails is a {@link StoreException}, whose message never holds personal data.
 */
public interface Store extends AutoCloseable {

  /** What it is, for people. Asks nobody: it works while the store is down. */
  Description describe();

  /**
   * Finds everything of a person. What is found is written down, sealed, before anything is
   * destroyed anywhere, so that erasing can go on after a crash and looking again really looks.
   *
   * @param found takes one piece after the other; they need not fit into memory
   * @throws StoreException if the store cannot be asked
   */
  void locate(Subject who, Consumer<Locator> found);

  /**
   * Hands out one piece; nothing if it is gone by now. What was handed out before a failure is not
   * all there is, and comes again when the call is repeated: it is to be thrown away.
   *
   * @throws StoreException if the store cannot be asked
   */
  void export(Locator piece, ExportSink to);

  /**
   * Erases one piece. One that is gone already is {@link Outcome#NOT_FOUND}, which is no failure.
   *
   * @throws StoreException if the store cannot be asked, or answers what makes no sense
   */
  Answer erase(Locator piece);

  /**
   * Asks how an erasure comes along that answered {@link Answer.Pending}.
   *
   * @param reference what that answer named
   * @throws StoreException if the store cannot be asked, or answers what makes no sense
   */
  default Answer lookAgain(Locator piece, String reference) {
    throw new StoreException(describe().name() + " never answers later", false);
  }

  /**
   * Whether it can be asked what it still has. Otherwise {@link #locate} names pieces that may not
   * be there, and {@link #holds} always fails.
   */
  default boolean verifies() {
    return true;
  }

  /**
   * Whether anything of a piece is still there, looked up by what was written down and not by what
   * the store remembers of having done.
   *
   * @throws StoreException if the store cannot be asked
   */
  boolean holds(Locator piece);

  /**
   * The shapes of what is in the store, from a sample: patterns of keys, fields of documents. The
   * checklist asks, so that nothing new is forgotten.
   *
   * @throws StoreException if the store cannot be asked
   */
  default List<Shape> survey() {
    return List.of();
  }

  /** Lets go of connections. */
  @Override
  default void close() {}
}
