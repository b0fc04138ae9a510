package org.lethe.trash;

import java.time.Clock;
import org.lethe.audit.Audit;
import org.lethe.collect.Counts;
import org.lethe.execute.Keeper;
import org.lethe.schema.Names;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/** Keeps nothing of what goes for good but an entry in the audit. For one removal. */
final class Witness implements Keeper {

  private final TableId root;
  private final Clock clock;
  private final By by;

  Witness(TableId root, Clock clock, By by) {
    this.root = root;
    this.clock = clock;
    this.by = by;
  }

  @Override
  public void after(JdbcOperations jdbc, Counts counts) {
    new Audit(jdbc)
        .append(
            clock.instant(),
            by.actor(),
            "delete_permanently",
            Names.join(root.schema(), root.name()),
            by.reason(),
            LedgerJson.counts(counts));
  }
}
