package org.lethe.trash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lethe.policy.Decisions;
import org.lethe.trash.TrashScene.Act;
import org.lethe.trash.TrashScene.State;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Whoever deletes to the trash, restores or purges, and loses the line before or after any word to
 * the database, leaves the tables and the ledger as they were between two commits; and the next one
 * goes on.
 */
class TrashKilledTest {

  @ParameterizedTest
  @EnumSource
  void everyWord(Act act) {
    PGSimpleDataSource template = act.shop();
    Decisions decisions = TrashScene.decisions(template);
    PGSimpleDataSource whole = TrashScene.copy(template);
    List<State> states = new ArrayList<>(List.of(State.of(whole)));
    DyingDataSource living =
        new DyingDataSource(whole, 0, false, () -> states.add(State.of(whole)));
    act.run(living, decisions);
    assertThat(states).as("states between commits").hasSize(1 + living.commits());
    assertThat(states.get(states.size() - 1)).isNotEqualTo(states.get(0));

    PGSimpleDataSource database = TrashScene.copy(template);
    for (int n = 1; n <= living.words(); n++) {
      for (boolean after : List.of(false, true)) {
        DyingDataSource dying = new DyingDataSource(database, n, after, () -> {});
        assertThatThrownBy(() -> act.run(dying, decisions))
            .isInstanceOf(DyingDataSource.Dead.class);
        TrashScene.awaitQuiet(database);
        assertThat(State.of(database))
            .as("died %s word %d of %d", after ? "after" : "before", n, living.words())
            .isEqualTo(states.get(dying.commits()));
        if (dying.commits() > 0) {
          goOn(database, act, decisions, states);
          database = TrashScene.copy(template);
        }
      }
    }
    goOn(database, act, decisions, states);
  }

  /** The next one does what is left to do. */
  private static void goOn(
      PGSimpleDataSource database, Act act, Decisions decisions, List<State> states) {
    State last = states.get(states.size() - 1);
    if (!State.of(database).equals(last)) {
      act.run(database, decisions);
    }
    assertThat(State.of(database)).isEqualTo(last);
  }
}
