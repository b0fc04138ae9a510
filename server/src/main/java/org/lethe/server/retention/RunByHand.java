package org.lethe.server.retention;

import java.util.List;
import java.util.Objects;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.plan.StalePlanException;
import org.lethe.policy.SecondPerson;
import org.lethe.server.approval.Approval;
import org.lethe.server.approval.Irreversible;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Component;

/**
 * Runs a rule, or the purge, once a second person agreed: under the very policy it was asked for.
 */
@Component
final class RunByHand implements Irreversible {

  private final RetentionRuns runs;
  private final Lethe lethe;

  RunByHand(RetentionRuns runs, Lethe lethe) {
    this.runs = runs;
    this.lethe = lethe;
  }

  @Override
  public SecondPerson act() {
    return SecondPerson.RULES;
  }

  @Override
  public void require(Me me, Approval approval) {
    me.require(Action.RULES);
  }

  @Override
  public String run(Me asker, Approval approval, String why) {
    if (!approval.hash().equals(lethe.decisions().policyHash())) {
      throw new StalePlanException(List.of("the policy has changed"));
    }
    String rule = Objects.requireNonNull(approval.payload());
    if (rule.isEmpty()) {
      runs.purgeNow(asker);
    } else {
      runs.runNow(asker, rule);
    }
    return "It runs now; Jobs tells how far it is.";
  }
}
