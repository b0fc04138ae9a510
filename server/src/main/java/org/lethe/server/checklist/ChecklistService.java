package org.lethe.server.checklist;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.checklist.CheckResult;
import org.lethe.checklist.Checklist;
import org.lethe.checklist.Finding;
import org.lethe.checklist.JdbcSampler;
import org.lethe.checklist.Severity;
import org.lethe.cli.admin.AdminSettings;
import org.lethe.dialect.Dialect;
import org.lethe.error.LetheException;
import org.lethe.schema.Catalog;
import org.lethe.server.jobs.Jobs;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.security.Me;
import org.lethe.store.Stores;
import org.springframework.stereotype.Service;

/** Looks what nobody decided yet, as a job, and shows what the last look came to. Thread-safe. */
@Service
public final class ChecklistService {

  private static final String KIND = "checklist";
  private static final String LABEL = "Looking what is undecided";
  private static final String PATH = "/checklist";

  /** Who looks before anybody did. */
  private static final String OWN = "lethe";

  private final AdminSettings settings;
  private final DataSource dataSource;
  private final Lethe lethe;
  private final CheckedRows rows;
  private final Jobs jobs;
  private final Clock clock;

  ChecklistService(
      AdminSettings settings,
      DataSource dataSource,
      Lethe lethe,
      CheckedRows rows,
      Jobs jobs,
      Clock clock) {
    this.settings = settings;
    this.dataSource = dataSource;
    this.lethe = lethe;
    this.rows = rows;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** What the last look came to; empty if nobody looked yet. */
  public Optional<Checked> latest(Me me) {
    me.require(Action.CHECK);
    return rows.find();
  }

  List<FindingView> views(Checked checked) {
    return checked.findings().stream().map(f -> FindingView.of(f, lethe.catalog())).toList();
  }

  /**
   * The last look for a build or another tool.
   *
   * @throws NotFoundException if nobody looked yet
   */
  public CheckResult result(Me me) {
    Checked checked =
        latest(me)
            .orElseThrow(() -> new NotFoundException("nobody has looked yet; press Look now"));
    return CheckResult.of(checked.findings(), Severity.WARNING);
  }

  /** Looks at policy, database and stores as they are now, as a job. */
  public UUID look(Me me) {
    me.require(Action.CHECK);
    String by = me.by(null).actor();
    return jobs.start(me, KIND, LABEL, PATH, p -> look(by));
  }

  /** The same where nobody has looked yet, on Lethe's own account. */
  void lookFirst() {
    if (rows.find().isEmpty()) {
      jobs.start(OWN, KIND, LABEL, PATH, p -> look(OWN));
    }
  }

  private String look(String by) {
    List<Finding> findings = findings();
    rows.keep(new Checked(clock.instant(), by, findings));
    if (findings.isEmpty()) {
      return "Everything is decided.";
    }
    long counting = findings.stream().filter(Finding::fails).count();
    return String.format(
        Locale.ROOT, "%,d to settle, %,d to look at.", counting, findings.size() - counting);
  }

  private List<Finding> findings() {
    // Read anew: a table that was added since this process began is what one wants to hear of.
    Catalog catalog = Lethe.readCatalog(dataSource);
    try (Stores stores = Stores.open(settings.policy().stores(), settings.environment()::get);
        Connection connection = dataSource.getConnection()) {
      JdbcSampler sampler = new JdbcSampler(connection, Dialect.of(catalog));
      return Checklist.run(settings.policy(), catalog, sampler, stores.all());
    } catch (SQLException e) {
      throw new LetheException("the database cannot be sampled", e);
    }
  }
}
