package org.lethe.account;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.GivenKeys;
import org.lethe.collect.Roots;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.execute.Transactions;
import org.lethe.policy.Accounts;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;

/** Rows that refer to one account of the application, made to refer to another. Thread-safe. */
public final class Handover {

  private final Decisions decisions;
  private final Dialect dialect;
  private final Transactions transactions;

  Handover(Decisions decisions, Dialect dialect, Transactions transactions) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.transactions = transactions;
  }

  /**
   * Whether rows say by a relation whose they are, so that they can be somebody else's. What
   * several accounts may have alike, such as an address of the network, or none, is nothing to hand
   * over.
   */
  public boolean possible(Relation relation) {
    Table account = decisions.catalog().table(relation.parent());
    List<String> named = relation.parentColumns();
    boolean always =
        named.stream().allMatch(c -> account.column(c).filter(k -> !k.nullable()).isPresent());
    boolean unique =
        named.equals(account.identity())
            || account.indexes().stream()
                .anyMatch(i -> i.unique() && i.predicate() == null && i.parts().equals(named));
    return decisions.accounts().map(Accounts::table).filter(relation.parent()::equals).isPresent()
        && account.identity().size() == 1
        && always
        && unique
        && !(relation instanceof Link link && link.jsonPath() != null);
  }

  /**
   * What rows must hold to refer to an account.
   *
   * @throws InputException if there is no such account
   */
  public OnDelete to(Relation relation, AccountId account) {
    GivenKeys given =
        new GivenKeys(
            decisions.catalog(),
            dialect,
            new Roots.Keys(relation.parent(), List.of(List.of(account.key()))));
    String columns =
        relation.parentColumns().stream()
            .map(c -> "c." + dialect.quote(c) + "::text")
            .collect(Collectors.joining(", "));
    return transactions.look(
        jdbc ->
            jdbc
                .query(
                    "select %s from %s as c where %s"
                        .formatted(
                            columns,
                            dialect.ownRows(decisions.catalog().table(relation.parent())),
                            given.matches("c")),
                    (rs, n) -> {
                      List<@Nullable String> values = new ArrayList<>();
                      for (int i = 1; i <= relation.parentColumns().size(); i++) {
                        values.add(rs.getString(i));
                      }
                      return new OnDelete(OnDelete.Kind.REASSIGN, values);
                    },
                    given.arguments())
                .stream()
                .findFirst()
                .orElseThrow(() -> Guards.unknown(account)));
  }
}
