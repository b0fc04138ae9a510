package org.lethe.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lethe.account.Databases.PASSWORD;
import static org.lethe.account.Databases.TESTER;
import static org.lethe.account.DirectoryContract.CLOCK;
import static org.lethe.account.DirectoryContract.NOW;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lethe.error.InputException;
import org.lethe.schema.TableId;
import org.lethe.subject.Key;

/**
 * Tokens, resets of passwords and second factors: shown once, kept as hashes, good for one thing.
 */
class SecretsTest {

  private final Databases.Made made = Databases.empty(CLOCK);
  private final Account ada =
      made.own()
          .create(new NewAccount("ada", "", "ada@example.org", PASSWORD, true, false), TESTER);

  private String everything() {
    return String.valueOf(
        made.sql()
            .queryForObject(
                "select query_to_xml('select * from lethe.api_token', true, false, '')::text || query_to_xml('select * from lethe.password_reset', true, false, '')::text || query_to_xml('select * from lethe.recovery_code', true, false, '')::text || query_to_xml('select * from lethe.audit', true, false, '')::text",
                String.class));
  }

  private Databases.Made later(Duration by) {
    return made.at(DirectoryContract.later(by));
  }

  @Test
  void aTokenIsGoodUntilItEnds() {
    ApiTokens tokens = made.accounts().tokens();
    ApiTokens.Created created =
        tokens.create(
            ada.id(),
            "a program",
            Set.of(Permission.of("view:customer"), Permission.of("users:*")),
            NOW.plus(Duration.ofDays(1)),
            TESTER);
    assertThat(created.secret()).matches("lethe_[0-9A-Za-z]{32}");
    assertThat(everything()).doesNotContain(created.secret());
    assertThat(tokens.find(created.secret())).isPresent();
    assertThat(tokens.list(ada.id()).get(0).lastUsed()).isEqualTo(NOW);
    assertThat(tokens.find(created.secret() + "x")).isEmpty();
    assertThat(tokens.find("lethe_" + "A".repeat(32))).isEmpty();
    assertThat(later(Duration.ofDays(2)).accounts().tokens().find(created.secret())).isEmpty();

    // Its scopes are no rights of their own.
    assertThat(tokens.rights(created.token()).may(Action.USERS)).isFalse();
    made.own().setPermissions(ada.id().key(), Set.of(Permission.of("view:*")), TESTER);
    Rights rights = tokens.rights(created.token());
    assertThat(rights.may(Action.VIEW, new TableId("public", "customer"))).isTrue();
    assertThat(rights.may(Action.VIEW, new TableId("public", "invoice"))).isFalse();

    tokens.revoke(ada.id(), created.token().id(), TESTER);
    assertThat(tokens.find(created.secret())).isEmpty();
    assertThatThrownBy(() -> tokens.revoke(ada.id(), created.token().id(), TESTER))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> tokens.create(ada.id(), "late", Set.of(), NOW.minusSeconds(1), TESTER))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(
            () -> tokens.create(new AccountId("lethe", "99"), "x", Set.of(), null, TESTER))
        .isInstanceOf(InputException.class);
  }

  @Test
  void whoeverSetsTheActiveColumnEndsTokens() {
    String secret = made.accounts().tokens().create(ada.id(), "x", Set.of(), null, TESTER).secret();
    made.sql().update("update lethe.account set active = false");
    assertThat(made.accounts().tokens().find(secret)).isEmpty();
  }

  @Test
  void aResetIsGoodOnceAndForHalfAnHour() {
    PasswordResets resets = made.accounts().resets();
    assertThat(resets.ask("nobody")).isEmpty();
    String first = resets.ask("ADA@example.org").orElseThrow().secret();
    String second = resets.ask("ada").orElseThrow().secret();
    assertThat(everything()).doesNotContain(first).doesNotContain(second);
    assertThat(resets.whose(first)).isEmpty();
    assertThat(resets.whose(second)).contains(ada);
    made.sql()
        .update(
            "insert into lethe.web_session values ('1', '1', 0, 0, 1800, 99999999999999, ?)",
            ada.id().text());
    assertThatThrownBy(() -> resets.use(second, "short")).hasMessageContaining("too short");
    assertThatThrownBy(
            () -> later(Duration.ofMinutes(31)).accounts().resets().use(second, "quite a new one"))
        .hasMessageContaining("not good any more");
    resets.use(second, "quite a new one");
    assertThat(made.sql().queryForList("select * from lethe.web_session")).isEmpty();
    assertThatThrownBy(() -> resets.use(second, "and another one"))
        .hasMessageContaining("not good any more");
    assertThat(made.accounts().signIn().attempt("ada", "quite a new one", "x"))
        .isInstanceOf(SignInOutcome.SignedIn.class);
    assertThat(made.accounts().signIn().attempt("ada", PASSWORD, "x"))
        .isEqualTo(new SignInOutcome.Refused());
  }

  @Test
  void whoIsOutResetsNothing() {
    PasswordResets resets = made.accounts().resets();
    String secret = resets.ask("ada").orElseThrow().secret();
    made.accounts().departures().deactivate(ada.id(), TESTER, DepartureOptions.NOTHING);
    assertThat(resets.whose(secret)).isEmpty();
    assertThatThrownBy(() -> resets.use(secret, "quite a new one"))
        .isInstanceOf(InputException.class);
    assertThat(resets.ask("ada")).isEmpty();
  }

  @Test
  void changingWantsTheOldOne() {
    PasswordResets resets = made.accounts().resets();
    assertThatThrownBy(() -> resets.change(ada.id(), "wrong", "quite a new one", null))
        .hasMessageContaining("old password is wrong");
    for (String weak : List.of("short", "passwordpassword", "aaaaaaaaaaaaaa", "hello ada, hello")) {
      assertThatThrownBy(() -> resets.change(ada.id(), PASSWORD, weak, null))
          .isInstanceOf(InputException.class);
    }
    resets.change(ada.id(), PASSWORD, "quite a new one", null);
    assertThat(made.accounts().signIn().attempt("ada", "quite a new one", "x"))
        .isInstanceOf(SignInOutcome.SignedIn.class);
  }

  /** Appendix B of RFC 6238, its last six digits. */
  @ParameterizedTest
  @CsvSource({
    "59,287082",
    "1111111109,081804",
    "1111111111,050471",
    "1234567890,005924",
    "2000000000,279037",
    "20000000000,353130"
  })
  void codesAreThoseOfTheRfc(long seconds, String code) {
    byte[] secret = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    assertThat(Totp.code(secret, Totp.step(Instant.ofEpochSecond(seconds)))).isEqualTo(code);
    assertThat(Totp.base32(secret)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assertThat(Totp.base32("foobar".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTBOI");
  }

  private LetheAccounts sealed(Clock clock) {
    return LetheAccounts.builder(made.database(), made.decisions())
        .clock(clock)
        .key(Key.of("a key that is long enough to be one"))
        .build();
  }

  /** What the authenticator shows. */
  private static String code(String base32, Instant at) {
    BigInteger bits = BigInteger.ZERO;
    for (int i = 0; i < base32.length(); i++) {
      int five = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(base32.charAt(i));
      bits = bits.shiftLeft(5).or(BigInteger.valueOf(five));
    }
    byte[] bytes = bits.toByteArray();
    byte[] secret = new byte[20];
    int from = Math.max(0, bytes.length - 20);
    System.arraycopy(bytes, from, secret, 20 - (bytes.length - from), bytes.length - from);
    return Totp.code(secret, Totp.step(at));
  }

  @Test
  void noCodeWorksTwice() {
    SecondFactor factor = sealed(CLOCK).secondFactor();
    assertThat(factor.wanted(ada.id())).isFalse();
    SecondFactor.Begun begun = factor.begin(ada);
    assertThat(begun.uri()).startsWith("otpauth://totp/Lethe%3Aada?secret=" + begun.secret());
    assertThat(factor.wanted(ada.id())).isFalse();
    assertThat(factor.verify(ada.id(), code(begun.secret(), NOW))).isFalse();
    assertThat(factor.confirm(ada.id(), "000000", TESTER)).isEmpty();
    List<String> recovery = factor.confirm(ada.id(), code(begun.secret(), NOW), TESTER);
    assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
    assertThat(factor.wanted(ada.id())).isTrue();
    assertThat(everything()).doesNotContain(recovery.get(0));
    assertThat(factor.verify(ada.id(), code(begun.secret(), NOW))).isFalse();

    Instant next = NOW.plusSeconds(30);
    SecondFactor then = sealed(DirectoryContract.later(Duration.ofSeconds(30))).secondFactor();
    assertThat(then.verify(ada.id(), code(begun.secret(), NOW.plusSeconds(90)))).isFalse();
    assertThat(then.verify(ada.id(), code(begun.secret(), next))).isTrue();
    assertThat(then.verify(ada.id(), code(begun.secret(), next))).isFalse();
    assertThat(then.verify(ada.id(), recovery.get(3).toUpperCase(Locale.ROOT))).isTrue();
    assertThat(then.verify(ada.id(), recovery.get(3))).isFalse();
    assertThat(then.recoveryCodes(ada.id())).isEqualTo(9);
    assertThatThrownBy(() -> then.begin(ada)).isInstanceOf(InputException.class);
    then.remove(ada.id(), TESTER);
    assertThat(then.wanted(ada.id())).isFalse();
    assertThatThrownBy(() -> made.accounts().secondFactor().begin(ada))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("LETHE_KEY");
  }
}
