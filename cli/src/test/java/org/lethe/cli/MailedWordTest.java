package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.testkit.PostgresServer;

/** Somebody is mailed a word, and shows it. */
class MailedWordTest extends ShopTest {

  private final GreenMail mails =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeEach
  void openARequest() throws IOException {
    mails.start();
    mails.setUser("ops", "ops", "correct horse");
    policy(
        """
        requests:
          mail:
            smtp: "${SMTP}"
            password: "${SMTP_PASSWORD}"
            from: Käse & Söhne <privacy@example.org>
            subject: Bitte bestätigen
            text: "Schöne Grüße! Ihr Wort: {word}, bis {until}, {link}"
            link: "https://example.org/{number}?word={word}"
        """);
    cli.with("LETHE_CONFIG", folder.resolve("lethe.yaml").toString())
        .with("LETHE_KEY", "a key that is only used by tests, 32+")
        .with("SMTP", "smtp://ops@127.0.0.1:" + mails.getSmtp().getPort())
        .with("SMTP_PASSWORD", "correct horse");
    done("requests", "open", "erasure", "customer", "id=1");
  }

  @AfterEach
  void stop() {
    mails.stop();
  }

  private void policy(String more) throws IOException {
    Files.writeString(
        folder.resolve("lethe.yaml"),
        """
        version: 1
        tables:
          customer: { columns: { email: { category: contact } } }
        subjects:
          customer: { table: customer, identify_by: [email, id] }
        """
            + more);
  }

  @Test
  void theWordIsInTheMailAndNowhereElse() throws MessagingException, IOException {
    Cli.Result result = done("requests", "verify", "1", "--mail", "--actor", "jo");

    assertThat(mails.getReceivedMessages()).hasSize(1);
    MimeMessage mail = mails.getReceivedMessages()[0];
    assertThat(mail.getAllRecipients()[0]).hasToString("ada@example.org");
    assertThat(mail.getSubject()).isEqualTo("Bitte bestätigen");
    String text = mail.getContent().toString();
    String word = text.replaceFirst("(?s).*Wort: (\\S{32}),.*", "$1");
    assertThat(text).startsWith("Schöne Grüße!").endsWith("https://example.org/1?word=" + word);
    assertThat(result.err()).contains("mailed a word to 1 address, good until");
    assertThat(result.out() + result.err()).doesNotContain("ada@").doesNotContain(word);
    assertThat(done("audit", "list").out()).contains("request_word").doesNotContain("ada@");

    assertThat(done("requests", "verify", "1", "--word", word).out()).contains("verified");
  }

  @Test
  void whatGoesWrongIsOneLineWithoutTheAddress() throws IOException {
    String former =
        done("requests", "verify", "1", "--new-word").out().lines().findFirst().orElse("");

    fails("refuses user or password", cli.with("SMTP_PASSWORD", "wrong"));
    mails.stop();
    fails("cannot be reached", cli);
    fails(
        "environment variable SMTP",
        new Cli()
            .db(ShopDatabase.url(database))
            .with("LETHE_CONFIG", folder.resolve("lethe.yaml").toString())
            .with("LETHE_KEY", "a key that is only used by tests, 32+"));
    policy("");
    fails("the policy does not say how to mail", cli);
    PostgresServer.execute(database, "update customer set email = 'none' where id = 2");
    policy("requests: { mail: { smtp: \"smtp://localhost\", from: us@example.org } }\n");
    done("requests", "open", "erasure", "customer", "id=2");
    assertThat(cli.run("requests", "verify", "2", "--mail").err())
        .contains("no e-mail address is known of the person of request 2");
    assertThat(cli.run("requests", "verify", "1", "--mail", "--new-word").code()).isEqualTo(2);

    assertThat(done("requests", "verify", "1", "--word", former).out()).contains("verified");
  }

  private static void fails(String why, Cli cli) {
    Cli.Result result = cli.run("requests", "verify", "1", "--mail");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errorLines()).hasSize(1);
    assertThat(result.err()).contains(why).doesNotContain("ada@").doesNotContain("ops@");
  }
}
