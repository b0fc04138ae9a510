package org.lethe.engine;

import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import org.lethe.Lethe;
import org.lethe.execute.DeletionReport;
import org.lethe.policy.PolicyReader;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that removes customer 1 and may drop dead on the way: arguments are the database's URL,
 * the number of the word to the database at which it dies (0 for never), whether it dies {@code
 * before} that word or {@code after} it, and the relations that the policy decides.
 */
final class RemovalProcess {

  /** The exit code of one that died on the way. */
  static final int DIED = 42;

  private RemovalProcess() {}

  public static void main(String[] args) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(args[0]);
    int fatal = Integer.parseInt(args[1]);
    boolean after = args[2].equals("after");
    String[] relations = args[3].lines().toArray(String[]::new);
    Lethe reader = Lethe.of(source, PolicyReader.read("test", TestDatabase.policy(relations)));
    AtomicInteger words = new AtomicInteger();
    WatchedDataSource watched =
        new WatchedDataSource(
            source,
            new WatchedDataSource.Watcher() {
              @Override
              public void before(Connection connection, boolean commit) {
                if (words.incrementAndGet() == fatal && !after) {
                  Runtime.getRuntime().halt(DIED);
                }
              }

              @Override
              public void after(Connection connection, boolean commit) {
                if (words.get() == fatal && after) {
                  Runtime.getRuntime().halt(DIED);
                }
              }
            });
    DeletionReport report =
        Lethe.builder(watched)
            .decisions(reader.decisions())
            .build()
            .delete(TestDatabase.rows("customer", 1));
    System.out.println(words.get() + " " + report.total());
  }
}
