package org.lethe.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @Test
  void quotesOnlyWhatNeedsIt() {
    assertThat(Names.join("public", "order")).isEqualTo("public.order");
    assertThat(Names.join("My Shop", "größe", "a.b")).isEqualTo("\"My Shop\".größe.\"a.b\"");
    assertThat(Names.quoteIfNeeded("say \"hi\"")).isEqualTo("\"say \"\"hi\"\"\"");
    assertThat(Names.quoteIfNeeded("it's")).isEqualTo("\"it's\"");
  }

  @Test
  void splitsWhatAPersonWrites() {
    assertThat(Names.split("customer")).containsExactly("customer");
    assertThat(Names.split(" shop . Customer ")).containsExactly("shop", "Customer");
    assertThat(Names.split("\"a.b\" . \" c \"\"d\"")).containsExactly("a.b", " c \"d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", ".", "a.", ".a", "a..b", "\"\"", "\"a", "\"a\"\"", "\"a\"b", "\"a\" b", "a\"b\""
      })
  void refusesWhatIsNoName(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Names.split(text));
  }

  @Property(tries = 1000)
  void splitGivesBackWhatWasJoined(@ForAll("parts") List<String> parts) {
    assertThat(Names.split(Names.join(parts.toArray(String[]::new)))).isEqualTo(parts);
  }

  @Provide
  Arbitrary<List<String>> parts() {
    Arbitrary<String> odd = Arbitraries.strings().withChars("ab\"'., ()=\t\u00a0ß").ofMinLength(1);
    return Arbitraries.oneOf(odd, Arbitraries.strings().all().ofMinLength(1))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }
}
