package org.lethe.server.audit;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.account.LetheAccounts;
import org.lethe.audit.AuditQuery;
import org.lethe.audit.Entry;
import org.lethe.error.LetheException;
import org.lethe.server.jobs.Jobs;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Service;

/** Reads the audit for those who may, and has its chain verified. Thread-safe. */
@Service
public final class AuditService {

  /** More faults say nothing that the first ones do not. */
  private static final int TOLD = 20;

  private final Lethe lethe;
  private final LetheAccounts accounts;
  private final Jobs jobs;

  AuditService(Lethe lethe, LetheAccounts accounts, Jobs jobs) {
    this.lethe = lethe;
    this.accounts = accounts;
    this.jobs = jobs;
  }

  /** Entries, latest first. */
  public List<Entry> page(Me me, AuditQuery wanted, int limit) {
    me.require(Action.AUDIT);
    return lethe.audit(wanted, limit);
  }

  /** The names under which somebody may have done something: as typed, and as their account. */
  Set<String> names(String typed) {
    Set<String> names = new HashSet<>();
    names.add(typed);
    accounts.byLogin(typed).map(a -> a.id().text()).ifPresent(names::add);
    return names;
  }

  /** Every action that there are entries of, by name. */
  public List<String> actions(Me me) {
    me.require(Action.AUDIT);
    return lethe.auditedActions();
  }

  /** Follows the whole chain, as a job that fails where it is broken. */
  public UUID verify(Me me) {
    me.require(Action.AUDIT);
    return jobs.start(me, "audit", "Verifying the audit", "/audit", this::verify);
  }

  private String verify(Jobs.Progress progress) {
    @Nullable Entry last = lethe.audit(AuditQuery.ALL, 1).stream().findFirst().orElse(null);
    @Nullable Long total = last == null ? null : last.number();
    List<String> faults = lethe.verifyAudit(seen -> progress.at(seen, total));
    if (!faults.isEmpty()) {
      String more =
          faults.size() > TOLD ? "; and %d more faults".formatted(faults.size() - TOLD) : "";
      throw new LetheException(
          "the chain is broken: "
              + String.join("; ", faults.subList(0, Math.min(TOLD, faults.size())))
              + more);
    }
    if (last == null) {
      return "There are no entries yet.";
    }
    return String.format(
        Locale.ROOT,
        "The chain is unbroken: %,d entries. Entry %d has the hash %s.",
        last.number(),
        last.number(),
        last.hash());
  }
}
