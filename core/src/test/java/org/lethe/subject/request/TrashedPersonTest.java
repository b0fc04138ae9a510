package org.lethe.subject.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.TableId;
import org.lethe.subject.Person;

/** People whose own row, or some of whose rows, lie in the trash when they ask. */
class TrashedPersonTest extends RequestScene {

  @Test
  void whoIsOnlyInTheTrashIsFoundAndErasedFromThere() {
    trash("person", "1");
    assertThat(texts("select id from person where id = 1")).isEmpty();
    Requests requests = requests(POLICY);
    Person person = lethe().person("person", "P1@example.org ");
    assertThat(person.key()).containsExactly("1");
    assertThat(requests.preview(person).trashed()).containsEntry("person", 1L);

    Request done = answered(requests, Kind.ERASURE, person, NOW);

    assertThat(done.state())
        .as(() -> outcomes(requests, done).toString())
        .isEqualTo(State.COMPLETED);
    assertThat(outcomes(requests, done))
        .containsExactly("trash person removed 1", "trash visit removed 3");
    assertThat(texts("select image::text from lethe.archived_row")).isEmpty();
    assertThat(texts("select count(*) from lethe.erased")).containsExactly("1");
  }

  @Test
  void whoIsPutIntoTheTrashAfterTheyAskedIsErasedAllTheSame() {
    Requests requests = requests(POLICY);
    Request open = requests.open(Kind.ERASURE, person(POLICY, "1"), NOW, false, JO);
    requests.verification().byStatement(open.id(), JO);
    requests.collect(open.id(), ANN);
    requests.approve(open.id(), ANN);
    trash("person", "1");
    trash("visit", "1");

    Request done = requests.run(open.id(), ANN);

    assertThat(done.state()).isEqualTo(State.COMPLETED);
    assertThat(texts("select r.image::text from lethe.archived_row as r"))
        .as("of somebody else")
        .hasSize(1);
    assertThat(requests.run(redo(requests, done), ANN).state()).isEqualTo(State.COMPLETED);
  }

  /** What is a date in one table is a name in another; no plan of the server may mix them up. */
  @Test
  void otherTablesInTheTrashAreNotReadAsTheirs() {
    sql.update("insert into invoice values (1, 1, '2010-05-05')");
    trash("invoice", "1");
    trash("person", "2");
    sql.execute(
        """
        do $$ begin
          execute format('alter database %I set enable_nestloop = off', current_database());
          execute format('alter database %I set enable_tidscan = off', current_database());
        end $$
        """);
    Requests requests = requests(POLICY);

    assertThat(requests.preview(person(POLICY, "1")).trashed()).isEqualTo(Map.of("invoice", 1L));
    Request done = throughTo(requests, State.COMPLETED);

    assertThat(outcomes(requests, done)).contains("trash invoice removed 1");
  }

  /** Asked for once more, there is nothing to do, and nothing is counted twice. */
  private UUID redo(Requests requests, Request done) {
    assertThat(outcomes(requests, done)).contains("trash person removed 1");
    sql.update(
        "update lethe.request set state = 'partially failed' where request_id = ?", done.id());
    return done.id();
  }

  private void trash(String table, String id) {
    lethe()
        .trash()
        .delete(
            new Roots.Keys(new TableId("public", table), List.of(List.of(id))),
            Period.ofDays(30),
            JO);
  }

  private Lethe lethe() {
    return Lethe.of(database, PolicyReader.read("lethe.yaml", POLICY));
  }
}
