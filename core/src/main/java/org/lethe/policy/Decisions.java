package org.lethe.policy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Catalog;
import org.lethe.schema.Relation;
import org.lethe.schema.RelationGraph;
import org.lethe.schema.TableId;

/**
 * A policy resolved against a catalog: for every relation, what holds and who said so. Immutable
 * and safe to share.
 */
public final class Decisions {

  private final Catalog catalog;
  private final RelationGraph graph;
  private final Map<Relation, Decision> byRelation;
  private final Map<TableId, LabelTemplate> labels;
  private final Map<TableId, TrashRule> trash;
  private final TrashRule usualTrash;
  private final DataRules data;
  private final List<Rule> rules;
  private final Optional<Accounts> accounts;
  private final Set<SecondPerson> secondPerson;
  private final String policyHash;
  private final Choices choices;
  private final @Nullable Decisions unchosen;

  Decisions(
      Catalog catalog,
      RelationGraph graph,
      Map<Relation, Decision> byRelation,
      Map<TableId, LabelTemplate> labels,
      Map<TableId, TrashRule> trash,
      TrashRule usualTrash,
      DataRules data,
      List<Rule> rules,
      Optional<Accounts> accounts,
      Set<SecondPerson> secondPerson,
      String policyHash) {
    this.catalog = catalog;
    this.graph = graph;
    this.byRelation = Map.copyOf(byRelation);
    this.labels = Map.copyOf(labels);
    this.trash = Map.copyOf(trash);
    this.usualTrash = usualTrash;
    this.data = data;
    this.rules = List.copyOf(rules);
    this.accounts = accounts;
    this.secondPerson = Set.copyOf(secondPerson);
    this.policyHash = policyHash;
    this.choices = Choices.NONE;
    this.unchosen = null;
  }

  private Decisions(Decisions policy, Choices choices) {
    Map<Relation, Decision> chosen = new HashMap<>(policy.byRelation);
    choices
        .byRelation()
        .forEach(
            (relation, onDelete) ->
                chosen.put(
                    relation,
                    new Decision(
                        relation, onDelete, policy.of(relation).owner(), Decision.Origin.CHOICE)));
    this.catalog = policy.catalog;
    this.graph = policy.graph;
    this.byRelation = Map.copyOf(chosen);
    this.labels = policy.labels;
    this.trash = policy.trash;
    this.usualTrash = policy.usualTrash;
    this.data = policy.data;
    this.rules = policy.rules;
    this.accounts = policy.accounts;
    this.secondPerson = policy.secondPerson;
    this.policyHash = policy.policyHash;
    this.choices = choices;
    this.unchosen = policy;
  }

  /**
   * The same policy, but for what was chosen for one removal; earlier choices are forgotten, and
   * what the policy says anyway is no choice.
   *
   * @throws org.lethe.error.InputException if something chosen cannot be done, or the policy
   *     forbids it
   */
  public Decisions with(Choices wanted) {
    Decisions policy = unchosen == null ? this : unchosen;
    new ChoiceCheck(policy).check(wanted);
    Map<Relation, OnDelete> other = new LinkedHashMap<>(wanted.byRelation());
    other.entrySet().removeIf(e -> policy.of(e.getKey()).onDelete().equals(e.getValue()));
    return other.isEmpty() ? policy : new Decisions(policy, new Choices(other));
  }

  /** What was chosen in place of the policy; usually nothing. */
  public Choices choices() {
    return choices;
  }

  /**
   * Resolves every name of {@code policy} and fills in the database's own rules.
   *
   * @throws PolicyException if anything in the policy does not fit the catalog; carries all faults
   */
  public static Decisions resolve(Policy policy, Catalog catalog) {
    return new PolicyResolver(policy, catalog).resolve();
  }

  public Catalog catalog() {
    return catalog;
  }

  /** Foreign keys and links together. */
  public RelationGraph graph() {
    return graph;
  }

  public Decision of(Relation relation) {
    Decision decision = byRelation.get(relation);
    if (decision == null) {
      throw new IllegalArgumentException("no such relation: " + relation.name());
    }
    return decision;
  }

  /**
   * Whose a row is that refers to a person's. Where nobody said, rows that go with what they refer
   * to, or that keep it from going, are the person's own; what merely loses its reference only
   * mentions them, and so does the row of another person: better missed here, and found by the
   * checklist, than handed to the wrong one.
   */
  public Ownership ownership(Relation relation) {
    Decision decision = of(relation);
    Ownership said = decision.owner();
    if (said != null) {
      return said;
    }
    return switch (decision.onDelete().kind()) {
      case CASCADE -> Ownership.SOLE;
      case PROTECT, RESTRICT, UNDECIDED ->
          data.subjects().values().stream().anyMatch(s -> s.table().equals(relation.child()))
              ? Ownership.MENTIONED
              : Ownership.SOLE;
      default -> Ownership.MENTIONED;
    };
  }

  /** How rows of this table are named to people. */
  public LabelTemplate label(TableId table) {
    LabelTemplate label = labels.get(table);
    if (label == null) {
      throw new IllegalArgumentException("no such table: " + table);
    }
    return label;
  }

  /** How deleted rows of this table are kept. */
  public TrashRule trash(TableId table) {
    return trash.getOrDefault(table, usualTrash);
  }

  /**
   * Which tables' rows are only marked when rows of {@code root} go to the trash: those that the
   * policy wants marked, unless a foreign key ties them to rows that really go.
   */
  public Map<TableId, FlagColumns> markedWith(TableId root) {
    return new Marking(this).with(root);
  }

  /** What holds for people's data. */
  public DataRules data() {
    return data;
  }

  /** A column as people write it. */
  public String displayName(ColumnId column) {
    return catalog.displayName(column.table(), List.of(column.column()));
  }

  /** What happens by itself, in the policy's order. */
  public List<Rule> rules() {
    return rules;
  }

  /** Where the application keeps its accounts; empty where the policy does not say. */
  public Optional<Accounts> accounts() {
    return accounts;
  }

  /** Acts that a second person is to agree to before the admin does them. */
  public Set<SecondPerson> secondPerson() {
    return secondPerson;
  }

  /** The lines to paste into the policy to decide this relation. */
  public String snippet(Relation relation) {
    return "relations:\n  " + YamlText.scalar(relation.name()) + ": cascade";
  }

  public String policyHash() {
    return policyHash;
  }
}
