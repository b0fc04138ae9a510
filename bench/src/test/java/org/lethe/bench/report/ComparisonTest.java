package org.lethe.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final double[] BEFORE = {1.00, 1.02, 0.99, 1.05, 1.01, 0.98, 1.03};

  @Test
  void whatIsTwiceAsSlowIsSaid() {
    assertThat(verdict(2.0)).isEqualTo("**100 % slower**");
  }

  @Test
  void whatIsAQuarterQuickerIsSaid() {
    assertThat(verdict(0.75)).isEqualTo("**25 % faster**");
  }

  @Test
  void theSameFiguresAreNoise() {
    assertThat(verdict(1.0)).isEqualTo("within noise");
  }

  @Test
  void aSlowMomentOfTheMachineIsNoise() {
    double[] once = {1.00, 1.02, 0.99, 9.00, 1.01, 0.98, 1.03};
    assertThat(Comparison.verdict(7, 1.0, Comparison.range(BEFORE, once)))
        .isEqualTo("within noise");
  }

  @Test
  void thousandthsAreNotWorthAWordHoweverSure() {
    double[] steady = {1.000, 1.001, 1.000, 1.001, 1.000};
    double[] also = {1.010, 1.011, 1.010, 1.011, 1.010};
    assertThat(Comparison.verdict(5, 1.01, Comparison.range(steady, also)))
        .isEqualTo("no difference worth a word");
  }

  @Test
  void threeRunsProveNothing() {
    assertThat(Comparison.verdict(3, 2.0, new double[] {1.9, 2.1})).isEqualTo("too few runs");
  }

  private static String verdict(double factor) {
    double[] after = java.util.Arrays.stream(BEFORE).map(x -> x * factor).toArray();
    return Comparison.verdict(
        BEFORE.length,
        Figures.median(after) / Figures.median(BEFORE),
        Comparison.range(BEFORE, after));
  }
}
