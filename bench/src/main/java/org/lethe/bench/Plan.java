package org.lethe.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.lethe.bench.data.Flavour;
import org.lethe.bench.data.Size;

/**
 * What is measured in which order.
 *
 * @param rounds each a list of cases that are measured together, all peers of them once
 */
record Plan(List<List<Case>> rounds, int runs) {

  /** Everything asked for; empty lists stand for all there is, but for variations. */
  static Plan of(
      List<Size> sizes,
      List<Workload> workloads,
      List<Flavour> flavours,
      List<Variation> variations,
      int runs) {
    Set<Variation> all = new LinkedHashSet<>(List.of(Variation.NONE));
    all.addAll(variations);
    List<List<Case>> rounds = new ArrayList<>();
    for (Size size : sizes) {
      for (Workload workload : workloads.isEmpty() ? List.of(Workload.values()) : workloads) {
        if (workload == Workload.CATALOG && !size.equals(sizes.get(0))) {
          continue; // it is as large as it is
        }
        List<Case> round = new ArrayList<>();
        for (Flavour flavour : flavours.isEmpty() ? List.of(Flavour.values()) : flavours) {
          if (workload.knowsReferences() || flavour == Flavour.CASCADE) {
            all.stream()
                .filter(v -> v.concerns(workload))
                .forEach(v -> round.add(new Case(workload, size, flavour, v)));
          }
        }
        rounds.add(round);
      }
    }
    return new Plan(rounds, runs);
  }

  /** Every peer once, one after the other, so that a slow moment of the machine meets them all. */
  void run(Runner runner, Programs programs, Consumer<Measurement> found) {
    for (List<Case> round : rounds) {
      for (int run = 1; run <= runs; run++) {
        for (Case what : round) {
          List<Program> able = new ArrayList<>(programs.able(what));
          // Nobody is always the one after somebody else.
          if (run % 2 == 0) {
            Collections.reverse(able);
          }
          for (Program program : able) {
            found.accept(runner.run(program, what, run));
          }
        }
      }
    }
  }
}
