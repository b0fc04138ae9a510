package org.lethe.server.audit;

import java.time.Clock;
import org.lethe.audit.Audit;
import org.lethe.server.security.Me;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps in the audit who took a list with personal data away, as a file or by a program, as it
 * keeps who looked at a row. Thread-safe.
 */
@Component
public final class Downloads {

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final Clock clock;

  Downloads(JdbcTemplate jdbc, TransactionTemplate transactions, Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * To be called before the first line is written: nothing leaves that is not in the audit.
   *
   * @param list such as a table's name; no data
   * @param format csv, or json for programs
   * @param narrowed whether it was only part of the list. By what is not kept: that may be a
   *     person's name
   */
  public void record(Me me, String list, String format, boolean narrowed) {
    String details = "{\"format\": \"%s\", \"narrowed\": %s}".formatted(format, narrowed);
    transactions.executeWithoutResult(
        status ->
            new Audit(jdbc)
                .append(clock.instant(), me.by(null).actor(), "download", list, null, details));
  }
}
