package org.lethe.cli;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.account.AccountId;
import org.lethe.account.AccountSchema;
import org.lethe.account.DeletedUser;
import org.lethe.account.LetheAccounts;
import org.lethe.policy.Accounts;
import org.lethe.policy.Choices;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Relation;
import org.lethe.trash.By;
import picocli.CommandLine.Option;

/** What is chosen for one removal in place of the policy. */
final class ChooseOption {

  private static final String DELETED_USER = "deleted-user";

  @Option(
      names = "--choose",
      paramLabel = "RELATION=WHAT",
      description =
          "for this removal alone: cascade, set_null, reassign:KEY, or deleted-user to keep what"
              + " hangs on an account as of a \"Deleted user\"; for each relation that is meant")
  private Map<String, String> chosen = new LinkedHashMap<>();

  /** What can be said against them without knowing the database. */
  void check() {
    chosen.forEach(
        (relation, what) -> {
          boolean known =
              what.equals("cascade")
                  || what.equals("set_null")
                  || what.equals(DELETED_USER)
                  || (what.startsWith("reassign:") && what.length() > "reassign:".length());
          if (!known) {
            throw new UsageException(
                "--choose %s=%s: choose cascade, set_null, reassign:KEY or deleted-user"
                    .formatted(relation, what));
          }
        });
  }

  /**
   * The session under which the removal goes.
   *
   * @param by who it is, where a "Deleted user" may be made; null where nothing may change
   */
  Session in(Session session, @Nullable By by) {
    if (chosen.isEmpty()) {
      return session;
    }
    Decisions decisions = session.lethe().decisions();
    Map<Relation, OnDelete> choices = new LinkedHashMap<>();
    chosen.forEach(
        (name, what) -> {
          Relation relation = relation(decisions, name);
          choices.put(relation, onDelete(session, relation, what, by));
        });
    return new Session(
        session.database(), session.policy(), session.lethe().with(new Choices(choices)));
  }

  private static Relation relation(Decisions decisions, String name) {
    List<Relation> found =
        decisions.graph().relations().stream().filter(r -> r.name().equals(name)).toList();
    if (found.size() != 1) {
      throw new UsageException(
          "--choose: there is no relation %s; lethe graph shows them all".formatted(name));
    }
    return found.get(0);
  }

  private static OnDelete onDelete(
      Session session, Relation relation, String what, @Nullable By by) {
    return switch (what) {
      case "cascade" -> OnDelete.CASCADE;
      case "set_null" -> OnDelete.SET_NULL;
      case DELETED_USER -> deletedUser(session, relation, by);
      default ->
          OnDelete.reassign(
              KeyText.parts(
                  what.substring("reassign:".length()),
                  relation.childColumns().size(),
                  relation.name()));
    };
  }

  private static OnDelete deletedUser(Session session, Relation relation, @Nullable By by) {
    Decisions decisions = session.lethe().decisions();
    LetheAccounts accounts = LetheAccounts.of(session.database(), decisions, Clock.systemUTC());
    if (!accounts.handover().possible(relation)) {
      throw new UsageException(
          "--choose %s=%s: this does not say whose account of the policy a row is; choose reassign:KEY"
              .formatted(relation.name(), DELETED_USER));
    }
    return accounts.handover().to(relation, standIn(session, accounts, by));
  }

  private static AccountId standIn(Session session, LetheAccounts accounts, @Nullable By by) {
    DeletedUser user = accounts.deletedUser();
    if (by != null) {
      AccountSchema.migrate(session.database());
      return user.make(by);
    }
    boolean said = session.lethe().decisions().accounts().map(Accounts::deletedUser).isPresent();
    return (said || AccountSchema.isCurrent(session.database())
            ? user.find()
            : Optional.<AccountId>empty())
        .orElseThrow(
            () ->
                new UsageException(
                    "there is no \"%s\" yet, and looking makes none; lethe plan and lethe delete do"
                        .formatted(DeletedUser.NAME)));
  }
}
