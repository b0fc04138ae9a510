package org.lethe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lethe.policy.SmtpServer.Security;

class MailEntriesTest {

  private static MailRules rules(String mail) {
    return Objects.requireNonNull(
        Decisions.resolve(policy(mail), Shop.catalog()).data().requests().mail());
  }

  private static Policy policy(String mail) {
    return PolicyReader.read("test", "version: 1\nrequests:\n  mail: { %s }\n".formatted(mail));
  }

  private static List<String> faults(String mail) {
    PolicyException e =
        catchThrowableOfType(
            PolicyException.class, () -> Decisions.resolve(policy(mail), Shop.catalog()));
    return e.findings().stream()
        .map(f -> f.line() + " " + f.path().replace("requests.mail.", "") + ": " + f.message())
        .toList();
  }

  private static List<String> faultsBeside(String more) {
    return faults("smtp: \"smtp://localhost\", from: us@example.org, " + more);
  }

  @Test
  void theUsualTextHasTheWordAndTheLinkWhereThereIsOne() {
    MailRules bare = rules("smtp: \"smtp://localhost\", from: us@example.org");
    MailRules linked =
        rules(
            "smtp: \"smtp://localhost\", from: Us <us@example.org>, link: \"https://example.org/?n={number}&w={word}\"");

    assertThat(bare.text("w0rd", 7, "Monday"))
        .contains("\nw0rd\n", "(number 7)", "until Monday:")
        .doesNotContain("{");
    assertThat(linked.text("w0rd", 7, "Monday"))
        .contains("\nhttps://example.org/?n=7&w=w0rd\n", "it is: w0rd", "until Monday on")
        .doesNotContain("{");
    assertThat(linked.from()).isEqualTo(new MailAddress("Us", "us@example.org"));
  }

  @Test
  void onesOwnTextIsFilledInOneGo() {
    MailRules own =
        rules(
            "smtp: \"${SMTP}\", from: us@example.org, subject: Grüße, text: \"{ Hallo } {word} {until}\"");

    assertThat(own.subject()).isEqualTo("Grüße");
    assertThat(own.text("{until}$1\\", 1, "Montag")).isEqualTo("{ Hallo } {until}$1\\ Montag");
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThat(faults("from: us@example.org"))
        .containsExactly("3 requests.mail: the key smtp is missing");
    assertThat(faults("smtp: \"smtp://ops:hunter2@example.org\", from: nobody"))
        .containsExactly(
            "3 smtp: this is no address of a mail server", "3 from: this is no e-mail address");
    assertThat(faults("smtp: \"smtp://ops@example.org\", password: hunter2, from: us@example.org"))
        .containsExactly("3 smtp: the password would go over the network for all to read");
    assertThat(faults("smtp: \"smtps://ops@example.org\", from: us@example.org"))
        .containsExactly(
            "3 smtp: to sign in takes a user and a password, and there is only one of them");
    assertThat(faultsBeside("link: example.org"))
        .containsExactly("3 link: the word is not in it", "3 link: this is no address of a page");
    assertThat(faultsBeside("link: \"https://example.org/{wrod}/{word}\""))
        .containsExactly("3 link: {wrod} stands for nothing here");
    assertThat(faultsBeside("subject: \"Hello\\r\\nBcc: eve@example.org\""))
        .containsExactly("3 subject: a subject is one line");
    assertThat(faultsBeside("text: \"Hello {name}\""))
        .containsExactly("3 text: the word is not in it", "3 text: {name} stands for nothing here");
    assertThat(faultsBeside("text: \"Hello {link}\""))
        .containsExactly("3 text: it has {link}, but there is no link");
  }

  @Test
  void noMessageHasThePassword() {
    for (String mail :
        List.of(
            "smtp: \"smtps://ops:hunter2@example.org\", from: us@example.org",
            "smtp: \"smtp://ops@example.org\", password: hunter2, from: us@example.org",
            "smtp: \"smtps://example.org\", password: hunter2, from: us@example.org")) {
      PolicyException e =
          catchThrowableOfType(
              PolicyException.class, () -> Decisions.resolve(policy(mail), Shop.catalog()));
      assertThat(e).hasMessageNotContaining("hunter2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "smtp://mail.example.org, NONE, , mail.example.org, 25",
    "smtp+starttls://ops@mail.example.org, STARTTLS, ops, mail.example.org, 587",
    "smtps://ops@example.org@mail.example.org:2465, TLS, ops@example.org, mail.example.org, 2465",
    "smtp://[::1]:2525/, NONE, , [::1], 2525",
  })
  void addressesOfServers(
      String address, Security security, @Nullable String user, String host, int port) {
    assertThat(SmtpServer.parse(address)).contains(new SmtpServer(security, user, host, port));
  }

  @ParameterizedTest
  @CsvSource({
    "mail.example.org",
    "http://mail.example.org",
    "smtp://",
    "smtp://mail.example.org:0",
    "smtp://mail.example.org:70000",
    "smtp://user:password@mail.example.org",
    "smtp://mail.example.org/path",
  })
  void whatIsNone(String address) {
    assertThat(SmtpServer.parse(address)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ada@example.org|true",
        " ada+news@example.org |true",
        "ada@bücher.example|true",
        "ada@localhost|true",
        "ada|false",
        "@example.org|false",
        "ada@|false",
        "ada@example.org, eve@example.org|false",
        "ada@example.org eve@example.org|false",
        "Ada <ada@example.org>|false",
        "'ada@example.org\r\nBcc: eve@example.org'|false",
        "\"ada lovelace\"@example.org|false",
      })
  void whatLooksLikeAnAddress(String text, boolean looks) {
    assertThat(MailAddress.plain(text).isPresent()).isEqualTo(looks);
  }
}
