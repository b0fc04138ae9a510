package org.lethe.bench;

import org.lethe.bench.data.Flavour;
import org.lethe.bench.data.Size;

/** What is measured of each peer, so that they can be compared. */
public record Case(Workload workload, Size size, Flavour flavour, Variation variation) {

  /** The same with all as it should be. */
  public Case usual() {
    return new Case(workload, size, flavour, Variation.NONE);
  }
}
