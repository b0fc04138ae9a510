package org.lethe.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.bench.data.Flavour;
import org.lethe.bench.peer.Peer;
import org.lethe.bench.peer.Peers;

/** A peer that leaves something behind, or takes too much, would win for nothing. */
class PeersTest {

  private static final int USERS = 200;
  private static final List<Long> USER_1 = List.of(1L);

  private static Small small;

  @BeforeAll
  static void start() {
    small = new Small();
  }

  @AfterAll
  static void stop() {
    small.close();
  }

  @Test
  void allDeleteTheSameRows() throws Exception {
    small.fresh(USERS, Flavour.CASCADE);
    List<String> before = small.held();
    small.run(Small.peer("native"), Workload.W2, USER_1);
    List<String> expected = small.held();
    assertThat(expected).isNotEqualTo(before);
    for (Flavour flavour : Flavour.values()) {
      for (Peer peer : able(Workload.W2, flavour)) {
        small.fresh(USERS, flavour);
        small.run(peer, Workload.W2, USER_1);
        assertThat(small.held()).as("%s, %s", peer.name(), flavour).isEqualTo(expected);
      }
    }
  }

  @Test
  void allCountTheSameRows() throws Exception {
    small.fresh(USERS, Flavour.CASCADE);
    Map<String, Long> expected = small.run(Small.peer("native"), Workload.W1, USER_1).counts();
    assertThat(expected).containsEntry("users", 1L).hasSizeGreaterThan(10);
    for (Peer peer : able(Workload.W1, Flavour.CASCADE)) {
      assertThat(small.run(peer, Workload.W1, USER_1).counts()).as(peer.name()).isEqualTo(expected);
    }
  }

  private static List<Peer> able(Workload workload, Flavour flavour) {
    return Peers.all().stream().filter(p -> p.can(workload, flavour)).toList();
  }
}
