package org.lethe.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.schema.TableId;
import org.lethe.trash.By;

/** Who notices that nothing runs. */
class AlarmTest {

  private static final By ADA = new By("ada", "the auditors are here");
  private static final String POLICY =
      "rules:\n  old: { table: item, where: \"id > 100\", every: P1D, action: delete }\n";

  private final RuleFixture database =
      new RuleFixture("create table item (id int primary key); insert into item values (1)");
  private final Lethe lethe = database.lethe(POLICY);

  @Test
  void aRuleIsLateAfterTwoOfItsPeriods() {
    assertThat(lethe.overdue()).containsExactly(new Overdue("rule old", null, null));

    database.runOne(POLICY);
    database.clock().move(Duration.ofDays(2));
    assertThat(lethe.overdue()).isEmpty();
    database.clock().move(Duration.ofHours(1));
    assertThat(lethe.overdue()).containsExactly(new Overdue("rule old", RuleFixture.START, null));
    database.clock().move(Duration.ofDays(-400));
    assertThat(lethe.overdue()).as("a clock set back").isEmpty();
    database.clock().move(Duration.ofDays(400));
    database.runOne(POLICY);
    assertThat(lethe.overdue()).isEmpty();
  }

  @Test
  void thePurgeIsLateWhenSomethingIsDueForOverADay() {
    database.runOne(POLICY);
    Roots roots = new Roots.Keys(new TableId("public", "item"), List.of(List.of("1")));
    lethe.trash().delete(roots, Period.ofDays(1), ADA);
    database.clock().move(Duration.ofDays(2));
    database.runOne(POLICY);
    assertThat(lethe.overdue()).isEmpty();
    database.clock().move(Duration.ofSeconds(1));
    lethe.pauses().pause(Pauses.PURGE, ADA);
    assertThat(lethe.overdue())
        .containsExactly(
            new Overdue(
                "purge", RuleFixture.START.plus(Duration.ofDays(1)), "the auditors are here"));
    assertThat(lethe.purger().run(PurgeLimits.NONE, "tester").purged()).isEmpty();

    lethe.pauses().resume(Pauses.PURGE, ADA);
    assertThat(lethe.purger().run(PurgeLimits.NONE, "tester").purged()).hasSize(1);
    assertThat(lethe.overdue()).isEmpty();
  }
}
