package org.lethe.server.removal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lethe.Lethe;
import org.lethe.account.Account;
import org.lethe.account.AccountId;
import org.lethe.account.Action;
import org.lethe.account.DeletedUser;
import org.lethe.account.LetheAccounts;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Preview;
import org.lethe.collect.Roots;
import org.lethe.collect.TreeNode;
import org.lethe.error.InputException;
import org.lethe.policy.Accounts;
import org.lethe.policy.Choices;
import org.lethe.policy.Decision;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.policy.Ownership;
import org.lethe.schema.Relation;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Service;
import org.springframework.util.MultiValueMap;

/**
 * Asks what becomes of what hangs on an account of the application before it is deleted for real:
 * deleted along, handed to another account, kept as of a "Deleted user", or as the policy says. No
 * answer is given for anybody. What is a person's own by the policy, and who is in which group,
 * goes with the account without a question: handed over, it would let others in as them.
 * Thread-safe.
 */
@Service
public final class AccountFates {

  static final String ALONG = "along";
  static final String HAND = "hand";
  static final String KEEP = "keep";
  static final String POLICY = "policy";

  /** An answer for all that have none of their own. */
  static final String ALL = "fate-all";

  private static final Preview.Cap FIRST_LEVEL = new Preview.Cap(1, 1, 50);

  private final Lethe lethe;
  private final Decisions decisions;
  private final LetheAccounts accounts;

  AccountFates(Lethe lethe, LetheAccounts accounts) {
    this.lethe = lethe;
    this.decisions = lethe.decisions();
    this.accounts = accounts;
  }

  /** Whether these rows are asked about: one account of the application. */
  private boolean asks(Roots roots) {
    return roots instanceof Roots.Keys keys
        && keys.keys().size() == 1
        && decisions.accounts().map(Accounts::table).filter(roots.table()::equals).isPresent()
        && decisions.catalog().table(roots.table()).identity().size() == 1;
  }

  /**
   * The questions, with the answers of a form.
   *
   * @throws InputException if somebody is named whom nobody knows
   */
  public Hanging hanging(Me me, Roots roots, MultiValueMap<String, String> form) {
    if (!asks(roots)) {
      return Hanging.NOTHING;
    }
    if (!me.may(Action.PURGE, roots.table())) {
      me.require(Action.DELETE, roots.table());
    }
    List<Question> questions = questions(roots, form);
    List<String> open =
        questions.stream().filter(q -> q.answer() == null).map(Question::relation).toList();
    if (!open.isEmpty()) {
      return new Hanging(
          questions,
          Choices.NONE,
          "Choose what becomes of the rows that refer to it by " + String.join(", ", open) + ".");
    }
    try {
      Choices choices = choices(me, questions);
      decisions.with(choices);
      return new Hanging(questions, choices, "");
    } catch (InputException e) {
      return new Hanging(questions, Choices.NONE, String.valueOf(e.getMessage()));
    }
  }

  /** Whether the questions were asked before, and this is what came of it. */
  static boolean answered(MultiValueMap<String, String> form) {
    return form.keySet().stream().anyMatch(f -> f.startsWith("fate-") || f.startsWith("to-"));
  }

  private List<Question> questions(Roots roots, MultiValueMap<String, String> form) {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (TreeNode root : lethe.preview(roots, DeleteKind.HARD, FIRST_LEVEL).tree()) {
      root.branches().forEach(b -> rows.merge(b.relation(), b.rows(), Long::sum));
    }
    List<Relation> asked =
        decisions.graph().into(roots.table()).stream()
            .filter(r -> rows.containsKey(r.name()) && !goesAnyway(r))
            // What nobody can hand over is for the policy to say, where it does.
            .filter(r -> accounts.handover().possible(r) || !settled(decisions.of(r).onDelete()))
            .sorted(Comparator.comparing(Relation::name))
            .toList();
    String all = form.getFirst(ALL);
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      Relation relation = asked.get(i);
      String field = "fate-" + relation.name();
      List<Question.Answer> answers = answers(relation);
      Set<String> words =
          answers.stream()
              .map(Question.Answer::word)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      String own = form.getFirst(field);
      String given = own == null ? all : own;
      String to = own == null ? form.getFirst("to-all") : form.getFirst("to-" + relation.name());
      questions.add(
          new Question(
              relation.name(),
              decisions.catalog().displayName(relation.child()),
              field,
              rows.getOrDefault(relation.name(), 0L),
              answers,
              given != null && words.contains(given) ? given : null,
              to == null ? "" : to.strip()));
    }
    return questions;
  }

  /** What nobody else may come by. */
  private boolean goesAnyway(Relation relation) {
    Decision decision = decisions.of(relation);
    boolean membership =
        decisions
            .accounts()
            .map(Accounts::groups)
            .filter(g -> g.memberships().equals(relation.child()))
            .isPresent();
    return decision.onDelete().kind() == OnDelete.Kind.CASCADE
        && (membership || decision.owner() == Ownership.SOLE);
  }

  private List<Question.Answer> answers(Relation relation) {
    OnDelete said = decisions.of(relation).onDelete();
    List<Question.Answer> answers = new ArrayList<>();
    boolean guarded = said.kind() == OnDelete.Kind.PROTECT || said.kind() == OnDelete.Kind.RESTRICT;
    // Other people's accounts do not go because they refer to this one.
    if (said.kind() == OnDelete.Kind.CASCADE || (!guarded && !relation.selfReference())) {
      answers.add(new Question.Answer(ALONG, "Delete them with it"));
    }
    if (accounts.handover().possible(relation)) {
      answers.add(new Question.Answer(HAND, "Hand them over to another account"));
      answers.add(new Question.Answer(KEEP, "Keep them, as of \"" + DeletedUser.NAME + "\""));
    }
    if (said.kind() != OnDelete.Kind.CASCADE && settled(said)) {
      answers.add(new Question.Answer(POLICY, "As the policy says: " + words(said)));
    }
    return answers;
  }

  /** Whether the policy says what is to be done, and it can be. */
  private static boolean settled(OnDelete said) {
    return said.kind() == OnDelete.Kind.CASCADE
        || said.kind() == OnDelete.Kind.DO_NOTHING
        || said.kind().updates();
  }

  private static String words(OnDelete said) {
    return switch (said.kind()) {
      case SET_NULL -> "they stay, without it";
      case SET_DEFAULT -> "they stay, with the database's default";
      case DO_NOTHING -> "they stay as they are";
      default -> "they stay, changed (" + said + ")";
    };
  }

  private Choices choices(Me me, List<Question> questions) {
    Map<String, Relation> byName = new LinkedHashMap<>();
    decisions.graph().relations().forEach(r -> byName.put(r.name(), r));
    Map<Relation, OnDelete> chosen = new LinkedHashMap<>();
    for (Question question : questions) {
      Relation relation = Objects.requireNonNull(byName.get(question.relation()));
      switch (String.valueOf(question.answer())) {
        case ALONG -> chosen.put(relation, OnDelete.CASCADE);
        case HAND -> chosen.put(relation, accounts.handover().to(relation, named(question)));
        case KEEP ->
            chosen.put(
                relation,
                accounts.handover().to(relation, accounts.deletedUser().make(me.by(null))));
        default -> {} // The policy holds.
      }
    }
    return new Choices(chosen);
  }

  private AccountId named(Question question) {
    if (question.to().isEmpty()) {
      throw new InputException(
          "Name the account that the rows of %s are handed to.".formatted(question.relation()));
    }
    String to = question.to();
    Optional<Account> found =
        to.startsWith(AccountId.APP + ":")
            ? accounts.find(AccountId.of(to))
            : accounts.directory(AccountId.APP).byLogin(to);
    return found
        .map(Account::id)
        .orElseThrow(
            () ->
                new InputException(
                    "No account of the application has the login or address \"%s\"."
                        .formatted(to)));
  }
}
