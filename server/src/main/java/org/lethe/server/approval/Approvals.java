package org.lethe.server.approval;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.account.Account;
import org.lethe.account.AccountId;
import org.lethe.account.LetheAccounts;
import org.lethe.audit.Audit;
import org.lethe.error.InputException;
import org.lethe.error.LetheException;
import org.lethe.error.NotPermittedException;
import org.lethe.policy.SecondPerson;
import org.lethe.schema.TableId;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.security.Me;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has a second person agree to acts that cannot be taken back, where the policy wants it: one asks,
 * another who might do it approves or refuses, and what runs is what was asked for. Thread-safe.
 */
@Service
public final class Approvals {

  /** How long an act waits before it comes to nothing. */
  static final Duration WAITS = Duration.ofDays(7);

  private static final int MOST = 100;

  private final Lethe lethe;
  private final LetheAccounts accounts;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final ObjectProvider<Irreversible> acts;

  Approvals(
      Lethe lethe,
      LetheAccounts accounts,
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      Clock clock,
      ObjectProvider<Irreversible> acts) {
    this.lethe = lethe;
    this.accounts = accounts;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
    this.acts = acts;
  }

  /** Whether the policy wants a second person for such acts. */
  public boolean wanted(SecondPerson act) {
    return lethe.decisions().secondPerson().contains(act);
  }

  /**
   * Asks instead of doing, where the policy wants a second person.
   *
   * @param payload exactly what is to be done
   * @throws WaitsException if it now waits
   * @throws InputException without a reason
   */
  public void askFirst(
      Me me,
      SecondPerson act,
      String label,
      @Nullable TableId table,
      String payload,
      String hash,
      @Nullable String reason) {
    if (!wanted(act)) {
      return;
    }
    if (reason == null || reason.isBlank()) {
      throw new InputException(
          "A second person is to agree to this, and needs to know why: give a reason.");
    }
    Instant now = clock.instant();
    UUID id = UUID.randomUUID();
    transaction.executeWithoutResult(
        t -> {
          jdbc.update(
              """
              insert into lethe.approval (approval_id, act, label, table_schema, table_name, payload, hash,
                                          reason, asked_at, asked_by, expires_at)
              values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
              """,
              id,
              act.word(),
              label,
              table == null ? null : table.schema(),
              table == null ? null : table.name(),
              payload,
              hash,
              reason.strip(),
              Timestamp.from(now),
              me.account().id().text(),
              Timestamp.from(now.plus(WAITS)));
          audit(me, "approval_asked", id, reason.strip(), act, hash);
        });
    throw new WaitsException();
  }

  /** What this account may decide on, or has asked for itself; open ones first, latest first. */
  public List<Approval> list(Me me) {
    return jdbc
        .query(
            """
            select * from lethe.approval
             order by settled_at is not null or expires_at <= ?, asked_at desc limit ?
            """,
            Approvals::approval,
            Timestamp.from(clock.instant()),
            MOST)
        .stream()
        .filter(a -> own(me, a) || mayDecide(me, a))
        .toList();
  }

  /** How many wait for this account. */
  public long waiting(Me me) {
    return list(me).stream().filter(a -> open(a) && !own(me, a)).count();
  }

  boolean open(Approval approval) {
    return approval.settledAt() == null && approval.expiresAt().isAfter(clock.instant());
  }

  static boolean own(Me me, Approval approval) {
    return me.account().id().text().equals(approval.askedBy());
  }

  private boolean mayDecide(Me me, Approval approval) {
    try {
      act(approval.act()).require(me, approval);
      return true;
    } catch (NotPermittedException e) {
      return false;
    }
  }

  /**
   * Agrees, and has it done.
   *
   * @return what was done
   * @throws NotPermittedException if it is one's own, or one might not do it, or who asked might no
   *     longer
   * @throws LetheException if it could not be done as it was asked for; nothing was done then
   */
  public String approve(Me me, UUID id) {
    Approval approval = claim(me, id, "running", "approval_given", null);
    String outcome;
    try {
      Me asker = asker(approval);
      act(approval.act()).require(asker, approval);
      outcome =
          act(approval.act())
              .run(
                  asker,
                  approval,
                  "%s (agreed to by %s)".formatted(approval.reason(), me.account().id().text()));
    } catch (LetheException e) {
      settle(
          id, "came to nothing: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      throw e;
    }
    settle(id, "done");
    return outcome;
  }

  /** Refuses it for good. */
  public void refuse(Me me, UUID id, String why) {
    if (why.isBlank()) {
      throw new InputException("Say why you refuse it.");
    }
    claim(me, id, "refused", "approval_refused", why.strip());
  }

  /**
   * Makes sure that somebody may decide, before they are asked for their password.
   *
   * @throws NotPermittedException if not
   */
  void check(Me me, UUID id) {
    Approval found =
        jdbc
            .query("select * from lethe.approval where approval_id = ?", Approvals::approval, id)
            .stream()
            .findFirst()
            .orElseThrow(() -> new NotFoundException("There is no approval " + id));
    check(me, found);
  }

  private void check(Me me, Approval approval) {
    if (own(me, approval)) {
      throw new NotPermittedException("you asked for this yourself; a second person must decide");
    }
    act(approval.act()).require(me, approval);
  }

  /** One decides, once. */
  private Approval claim(Me me, UUID id, String outcome, String action, @Nullable String why) {
    return Objects.requireNonNull(
        transaction.execute(
            t -> {
              Approval found =
                  jdbc
                      .query(
                          "select * from lethe.approval where approval_id = ? for update",
                          Approvals::approval,
                          id)
                      .stream()
                      .findFirst()
                      .orElseThrow(() -> new NotFoundException("There is no approval " + id));
              check(me, found);
              if (!open(found)) {
                throw new InputException(
                    found.settledAt() == null
                        ? "This waited too long and came to nothing; ask again."
                        : "This was decided already.");
              }
              String table =
                  found.table() == null
                      ? found.label()
                      : "rows of " + lethe.catalog().displayName(found.table());
              jdbc.update(
                  """
                  update lethe.approval set settled_at = ?, settled_by = ?, outcome = ?, payload = null, label = ?
                   where approval_id = ?
                  """,
                  Timestamp.from(clock.instant()),
                  me.account().id().text(),
                  outcome,
                  table,
                  id);
              audit(me, action, id, why, found.act(), found.hash());
              return found;
            }));
  }

  private void settle(UUID id, String outcome) {
    jdbc.update("update lethe.approval set outcome = ? where approval_id = ?", outcome, id);
  }

  /** Who asked, if they still may do anything. */
  private Me asker(Approval approval) {
    Account account =
        accounts
            .find(AccountId.of(approval.askedBy()))
            .filter(Account::active)
            .orElseThrow(
                () ->
                    new NotPermittedException(
                        "who asked for this is deactivated by now; nothing was done"));
    return new Me(account, accounts.rights(account));
  }

  private Irreversible act(SecondPerson act) {
    return acts.stream().filter(a -> a.act() == act).findFirst().orElseThrow();
  }

  private void audit(
      Me me, String action, UUID id, @Nullable String reason, SecondPerson act, String hash) {
    new Audit(jdbc)
        .append(
            clock.instant(),
            me.account().id().text(),
            action,
            id.toString(),
            reason,
            "{\"act\": \"%s\", \"plan\": \"%s\"}".formatted(act.word(), hash));
  }

  private static Approval approval(ResultSet rs, int n) throws SQLException {
    String table = rs.getString("table_name");
    Timestamp settled = rs.getTimestamp("settled_at");
    return new Approval(
        rs.getObject("approval_id", UUID.class),
        SecondPerson.valueOf(rs.getString("act").toUpperCase(Locale.ROOT)),
        rs.getString("label"),
        table == null ? null : new TableId(rs.getString("table_schema"), table),
        rs.getString("payload"),
        rs.getString("hash"),
        rs.getString("reason"),
        rs.getTimestamp("asked_at").toInstant(),
        rs.getString("asked_by"),
        rs.getTimestamp("expires_at").toInstant(),
        settled == null ? null : settled.toInstant(),
        rs.getString("settled_by"),
        rs.getString("outcome"));
  }
}
