package org.lethe.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.error.InputException;
import org.lethe.policy.MailAddress;
import org.lethe.policy.MailRules;
import org.lethe.subject.request.MailException;

/** Mails handed over to a real SMTP server. */
class MailerTest {

  private static final MailAddress ADA = new MailAddress(null, "ada@example.org");
  private static final MailAddress SHOP =
      new MailAddress("Käse & Söhne, Köln", "privacy@example.org");
  private static final String HERE = "127.0.0.1";

  private @Nullable GreenMail server;
  private final Mailer mailer = new Mailer(Map.of("SMTP_PASSWORD", "s3cret:@/")::get);

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop();
    }
  }

  @Test
  void aMailArrivesAsItWasWritten() throws MessagingException, IOException {
    GreenMail mails = start(ServerSetup.PROTOCOL_SMTP);

    mailer.send(
        how(address("smtp", mails), null, "Bitte bestätigen: Auskunft über Ihre Daten – 日本"),
        ADA,
        "Grüße aus Köln\nΩ\n.\nein Punkt allein");

    MimeMessage mail = only(mails);
    assertThat(mail.getSubject()).isEqualTo("Bitte bestätigen: Auskunft über Ihre Daten – 日本");
    assertThat(mail.getContent().toString().replace("\r\n", "\n"))
        .isEqualTo("Grüße aus Köln\nΩ\n.\nein Punkt allein");
    InternetAddress from = (InternetAddress) mail.getFrom()[0];
    assertThat(from.getAddress()).isEqualTo("privacy@example.org");
    assertThat(from.getPersonal()).isEqualTo("Käse & Söhne, Köln");
    assertThat(mail.getRecipients(Message.RecipientType.TO)).hasSize(1);
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getSentDate()).isNotNull();
    assertThat(mail.getMessageID())
        .endsWith("@example.org>")
        .doesNotContain(InetAddress.getLocalHost().getHostName());
  }

  @Test
  void aDomainWithOtherLettersIsWrittenAsTheNetKnowsIt() throws MessagingException {
    GreenMail mails = start(ServerSetup.PROTOCOL_SMTP);

    mailer.send(
        how(address("smtp", mails), null, "Hello"),
        MailAddress.plain("ada@bücher.example").orElseThrow(),
        "x");

    assertThat(only(mails).getRecipients(Message.RecipientType.TO)[0])
        .hasToString("ada@xn--bcher-kva.example");
  }

  @Test
  void nothingCanBePutIntoTheHeaders() throws IOException, MessagingException {
    GreenMail mails = start(ServerSetup.PROTOCOL_SMTP);
    String bad = "x\r\nBcc: eve@example.org\r\n\r\nbody";

    mailer.send(how(address("smtp", mails), null, bad), ADA, "x");
    assertThat(mails.getReceivedMessages()).hasSize(1);
    assertThat(mails.getReceivedMessages()[0].getHeader("Bcc")).isNull();
    assertThat(raw(mails.getReceivedMessages()[0])).doesNotContain("\nBcc:");
    assertThatThrownBy(
            () ->
                mailer.send(
                    how(address("smtp", mails), null, "x"),
                    new MailAddress(null, "ada@example.org\r\nRCPT TO:<eve@example.org>"),
                    "x"))
        .isInstanceOf(MailException.class)
        .hasMessageNotContaining("eve");
    assertThat(mails.getReceivedMessages()).hasSize(1);
  }

  @Test
  void signsInWithThePasswordOfTheEnvironment() {
    GreenMail mails = start(ServerSetup.PROTOCOL_SMTP);
    mails.setUser("ops@example.org", "ops@example.org", "s3cret:@/");
    MailRules how =
        how(
            "smtp://ops@example.org@" + HERE + ":" + mails.getSmtp().getPort(),
            "${SMTP_PASSWORD}",
            "Hello");

    mailer.send(how, ADA, "x");

    assertThat(mails.getReceivedMessagesForDomain("ada@example.org")).hasSize(1);
    assertThatThrownBy(() -> new Mailer(name -> "wrong").send(how, ADA, "x"))
        .isInstanceOf(MailException.class)
        .hasMessageContaining("refuses user or password")
        .hasMessageNotContaining("wrong")
        .hasMessageNotContaining("ops@");
    assertThatThrownBy(() -> new Mailer(name -> null).send(how, ADA, "x"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "requests.mail.password needs the environment variable SMTP_PASSWORD, which is not set; set it");
  }

  @Test
  void aPasswordNeverGoesReadableOverANetwork() {
    MailRules how = how("${SMTP}", "${SMTP_PASSWORD}", "Hello");

    assertThatThrownBy(() -> new Mailer(n -> "smtp://ops@mail.example.org").send(how, ADA, "x"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("for all to read");
    assertThatThrownBy(() -> new Mailer(n -> "mail.example.org").send(how, ADA, "x"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no address of a mail server")
        .hasMessageNotContaining("mail.example.org");
  }

  @Test
  void overTlsWithACertificateThatIsTrustedAndTheHostsOwn(@TempDir Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Mailer trusting = new Mailer(name -> null, Certificates.forLocalhost(folder));
    GreenMail mails = start(ServerSetup.PROTOCOL_SMTPS);
    int port = mails.getSmtps().getPort();

    trusting.send(how("smtps://localhost:" + port, null, "Hello"), ADA, "x");
    assertThat(mails.getReceivedMessages()).hasSize(1);

    for (Runnable other :
        List.<Runnable>of(
            () -> mailer.send(how("smtps://localhost:" + port, null, "Hello"), ADA, "x"),
            () -> trusting.send(how("smtps://" + HERE + ":" + port, null, "Hello"), ADA, "x"))) {
      assertThatThrownBy(other::run)
          .isInstanceOf(MailException.class)
          .hasMessageEndingWith("shows a certificate that is not trusted, or is another host's");
    }
    assertThat(mails.getReceivedMessages()).hasSize(1);
  }

  @Test
  void withoutStartTlsNothingIsSentWhereItIsWanted() {
    GreenMail mails = start(ServerSetup.PROTOCOL_SMTP);

    assertThatThrownBy(
            () -> mailer.send(how(address("smtp+starttls", mails), null, "Hello"), ADA, "x"))
        .isInstanceOf(MailException.class)
        .hasMessage(
            "the mail server %s:%d offers no STARTTLS, and without it nothing is sent"
                .formatted(HERE, mails.getSmtp().getPort()));
    assertThat(mails.getReceivedMessages()).isEmpty();
  }

  @Test
  void aServerThatIsNotThere() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    assertThatThrownBy(
            () -> mailer.send(how("smtp://" + HERE + ":" + closed, null, "Hello"), ADA, "x"))
        .isInstanceOf(MailException.class)
        .hasMessage("the mail server %s:%d cannot be reached".formatted(HERE, closed))
        .hasNoCause();
    assertThatThrownBy(
            () -> mailer.send(how("smtp://no.such.host.invalid", null, "Hello"), ADA, "x"))
        .isInstanceOf(MailException.class)
        .hasMessage("the mail server no.such.host.invalid:25 is not known by that name");
  }

  @Test
  void whoeverIsRefusedIsNotNamed() throws IOException {
    try (Grudging grudging = new Grudging("RCPT", "550 5.1.1 <ada@example.org> no such user")) {
      assertThatThrownBy(() -> mailer.send(how(grudging.address(), null, "Hello"), ADA, "x"))
          .isInstanceOf(MailException.class)
          .hasMessageEndingWith("refuses the person's address (code 550)")
          .hasMessageNotContaining("ada")
          .hasNoCause();
    }
    try (Grudging grudging = new Grudging("MAIL", "553 not from privacy@example.org")) {
      assertThatThrownBy(() -> mailer.send(how(grudging.address(), null, "Hello"), ADA, "x"))
          .hasMessageEndingWith("refuses the sender (code 553); look at requests.mail.from");
    }
    try (Grudging grudging = new Grudging(".", "554 ada@example.org does not want it")) {
      assertThatThrownBy(() -> mailer.send(how(grudging.address(), null, "Hello"), ADA, "x"))
          .isInstanceOf(MailException.class)
          .hasMessageEndingWith("refuses the mail (code 554)");
    }
    try (Grudging grudging = new Grudging("EHLO", null)) {
      assertThatThrownBy(() -> mailer.send(how(grudging.address(), null, "Hello"), ADA, "x"))
          .isInstanceOf(MailException.class)
          .hasMessageContaining("the mail server " + HERE)
          .hasMessageNotContaining("ada");
    }
  }

  private GreenMail start(String protocol) {
    GreenMail started = new GreenMail(new ServerSetup(0, HERE, protocol));
    server = started;
    started.start();
    return started;
  }

  private static String address(String scheme, GreenMail mails) {
    return scheme + "://" + HERE + ":" + mails.getSmtp().getPort();
  }

  private static MailRules how(String smtp, @Nullable String password, String subject) {
    return new MailRules(smtp, password, SHOP, null, subject, "{word}");
  }

  private static MimeMessage only(GreenMail mails) {
    assertThat(mails.getReceivedMessages()).hasSize(1);
    return mails.getReceivedMessages()[0];
  }

  private static String raw(MimeMessage mail) throws IOException, MessagingException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    mail.writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
