package org.lethe.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SimilarNamesTest {

  private static List<String> near(String word, String... possible) {
    return SimilarNames.near(word, List.of(possible), 3);
  }

  @Test
  void theNearestFirst() {
    assertThat(near("custmer", "costumer", "customer", "invoice", "custome"))
        .containsExactly("customer", "costumer", "custome");
    assertThat(SimilarNames.near("custmer", List.of("custome", "customer"), 1))
        .containsExactly("customer");
  }

  @Test
  void aSwapIsOneSlip() {
    assertThat(near("--foramt", "--format", "--from")).containsExactly("--format");
    assertThat(near("onw", "own")).containsExactly("own");
  }

  @Test
  void nothingThatIsFarAway() {
    assertThat(near("shelf", "customer", "sheep")).isEmpty();
    assertThat(near("a", "bcd")).isEmpty();
  }

  @Test
  void caseAndSignsDoNotCount() {
    assertThat(near("SETNULL", "set_null", "set_default")).containsExactly("set_null");
  }

  @Test
  void aSchemaCountsOnlyWhereBothHaveOne() {
    assertThat(near("shelf", "depot.shelf")).containsExactly("depot.shelf");
    assertThat(near("pubblic.customer", "customer")).containsExactly("customer");
    assertThat(near("order.customer_id", "invoice.customer_id")).isEmpty();
  }
}
