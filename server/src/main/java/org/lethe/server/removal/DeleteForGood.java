package org.lethe.server.removal;

import java.util.Objects;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.plan.Plan;
import org.lethe.plan.PlanJson;
import org.lethe.policy.SecondPerson;
import org.lethe.server.approval.Approval;
import org.lethe.server.approval.Irreversible;
import org.lethe.server.records.RecordWords;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Component;

/** Deletes for good what a second person agreed to: exactly the plan that was shown, or nothing. */
@Component
final class DeleteForGood implements Irreversible {

  private final Removals removals;
  private final PlanJson plans;

  DeleteForGood(Removals removals, Lethe lethe) {
    this.removals = removals;
    this.plans = new PlanJson(lethe.decisions());
  }

  @Override
  public SecondPerson act() {
    return SecondPerson.DELETE;
  }

  @Override
  public void require(Me me, Approval approval) {
    me.require(Action.PURGE, Objects.requireNonNull(approval.table()));
  }

  @Override
  public String run(Me asker, Approval approval, String why) {
    Plan plan = plans.read("the plan", Objects.requireNonNull(approval.payload()));
    return "%s gone for good."
        .formatted(RecordWords.rows(removals.apply(asker, plan, why).total()));
  }
}
