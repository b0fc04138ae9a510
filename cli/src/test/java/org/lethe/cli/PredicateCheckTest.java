package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredicateCheckTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "name = 'a;b'",
        "name = 'it''s; fine' and (a or b)",
        "name = E'it\\'s; fine'",
        "\"odd;(name\" is null",
        "name = $$a;b'$$ and x = 1",
        "name = $tag$ ( ; $$ -- $tag$",
        "a$b = 1 and price - -1 > 2",
        "data @> '{\"a\": [1]}'",
        "a - 1 > 0"
      })
  void oneExpression(String predicate) {
    assertThat(PredicateCheck.oneExpression(predicate)).isEqualTo(predicate);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "true; drop table x",
        "true) or (true",
        "(true",
        "true -- rest",
        "true /* rest */",
        "name = 'open",
        "\"open",
        "name = $$ open",
        // In a plain literal a backslash is only that, so this one ends before the semicolon.
        "name = 'a\\'; drop table x; select '",
        // And here the quote is escaped twice over: the literal ends at the third.
        "name = E'a\\'' ; drop table x; select '",
        "name = notE'a\\'; drop table x; select '"
      })
  void moreOrLess(String predicate) {
    assertThatThrownBy(() -> PredicateCheck.oneExpression(predicate))
        .isInstanceOf(UsageException.class);
  }
}
