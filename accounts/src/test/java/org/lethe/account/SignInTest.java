package org.lethe.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lethe.account.Databases.PASSWORD;
import static org.lethe.account.Databases.TESTER;
import static org.lethe.account.DirectoryContract.CLOCK;
import static org.lethe.account.DirectoryContract.NOW;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.lethe.audit.Audit;

/** Who tries passwords is slowed down, and learns nothing. */
class SignInTest {

  private final Databases.Made made = Databases.empty(CLOCK);

  private SignInOutcome attempt(Databases.Made at, String login, String password, String address) {
    return at.accounts().signIn().attempt(login, password, address);
  }

  private void ada() {
    made.own().create(new NewAccount("ada", "", null, PASSWORD, true, false), TESTER);
  }

  @Test
  void whoTriesManyPasswordsOfOneLoginWaitsLongerAndLonger() {
    ada();
    for (int i = 1; i < Throttle.FREE_OF_LOGIN; i++) {
      assertThat(attempt(made, "ada", "wrong", "a" + i)).isEqualTo(new SignInOutcome.Refused());
    }
    assertThat(attempt(made, "ADA ", "wrong", "x")).isEqualTo(new SignInOutcome.Refused());
    assertThat(attempt(made, "ada", PASSWORD, "y"))
        .isEqualTo(new SignInOutcome.Throttled(NOW.plusSeconds(2)));
    Databases.Made later = made.at(DirectoryContract.later(Duration.ofSeconds(3)));
    assertThat(attempt(later, "ada", "wrong", "x")).isEqualTo(new SignInOutcome.Refused());
    assertThat(attempt(later, "ada", PASSWORD, "y"))
        .isEqualTo(new SignInOutcome.Throttled(NOW.plusSeconds(3 + 4)));
    Databases.Made muchLater = made.at(DirectoryContract.later(Duration.ofMinutes(16)));
    assertThat(attempt(muchLater, "ada", PASSWORD, "y")).isInstanceOf(SignInOutcome.SignedIn.class);
    // Who knows it starts anew.
    for (int i = 1; i < Throttle.FREE_OF_LOGIN; i++) {
      assertThat(attempt(muchLater, "ada", "wrong", "a" + i))
          .isEqualTo(new SignInOutcome.Refused());
    }
    assertThat(attempt(muchLater, "ada", PASSWORD, "z")).isInstanceOf(SignInOutcome.SignedIn.class);
  }

  @Test
  void manyAtOnceGainNothing() throws Exception {
    ada();
    ExecutorService many = Executors.newFixedThreadPool(8);
    try {
      List<Callable<SignInOutcome>> tries = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String address = "a" + i;
        tries.add(() -> attempt(made, "ada", "wrong", address));
      }
      int verified = 0;
      for (Future<SignInOutcome> outcome : many.invokeAll(tries)) {
        verified += outcome.get() instanceof SignInOutcome.Refused ? 1 : 0;
      }
      assertThat(verified).isEqualTo(Throttle.FREE_OF_LOGIN);
    } finally {
      many.shutdownNow();
    }
  }

  @Test
  void anAddressThatTriesManyLoginsWaitsToo() {
    for (int i = 1; i <= Throttle.FREE_OF_ADDRESS; i++) {
      assertThat(Throttle.enter(made.sql(), "login" + i, "10.0.0.1", NOW)).isEmpty();
    }
    assertThat(attempt(made, "another", "wrong", "10.0.0.1"))
        .isEqualTo(new SignInOutcome.Throttled(NOW.plusSeconds(2)));
    assertThat(attempt(made, "another", "wrong", "10.0.0.2"))
        .isEqualTo(new SignInOutcome.Refused());
  }

  @Test
  void nothingThatWasTypedIsKept() {
    ada();
    attempt(made, "my-password-in-the-wrong-field", "x", "192.0.2.77");
    attempt(made, "ada", "wrong", "192.0.2.77");
    attempt(made, "ada", PASSWORD, "192.0.2.77");
    String all =
        made.sql()
            .queryForObject(
                "select coalesce(string_agg(x, ' '), '') from (select a::text as x from lethe.audit as a union all select t::text from lethe.sign_in_throttle as t) as y",
                String.class);
    assertThat(all).doesNotContain("my-password").doesNotContain("192.0.2.77");
    assertThat(
            made.sql()
                .queryForList(
                    "select action || ' ' || actor from lethe.audit where action like 'sign%' order by entry",
                    String.class))
        .containsExactly(
            "sign_in_refused somebody unknown",
            "sign_in_refused somebody unknown",
            "signed_in lethe:1");
    assertThat(new Audit(made.sql()).verify(n -> {})).isEmpty();
  }

  @Test
  void nobodysPasswordTakesAsLongAsSomebodys() {
    ada();
    long known = Long.MAX_VALUE;
    long unknown = Long.MAX_VALUE;
    // The fastest of a few: what else the machine does only ever adds.
    for (int i = 0; i < 4; i++) {
      known = Math.min(known, time("ada", i));
      unknown = Math.min(unknown, time("nobody" + i, i));
    }
    assertThat((double) unknown / known).isBetween(0.6, 1.6);
  }

  private long time(String login, int round) {
    long begin = System.nanoTime();
    assertThat(attempt(made, login, "wrong", login + round)).isEqualTo(new SignInOutcome.Refused());
    return System.nanoTime() - begin;
  }
}
