package org.lethe.mail;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.lethe.error.InputException;
import org.lethe.policy.MailAddress;
import org.lethe.policy.MailRules;
import org.lethe.policy.SmtpServer;
import org.lethe.policy.Variables;
import org.lethe.subject.request.MailException;
import org.lethe.subject.request.Messenger;

/**
 * Hands mails over by SMTP, as the policy says; a connection for each. Certificates are checked
 * against what Java trusts, and the host's name against the certificate. Thread-safe.
 */
public final class Mailer implements Messenger {

  private static final String CONNECTING_MILLIS = "10000";
  private static final String ANSWERING_MILLIS = "20000";
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final Function<String, @Nullable String> environment;
  private final @Nullable SSLSocketFactory tls;

  /**
   * A mailer.
   *
   * @param environment the value of an environment variable; null where it is not set
   */
  public Mailer(Function<String, @Nullable String> environment) {
    this(environment, null);
  }

  /** The same, trusting whom {@code tls} trusts. */
  Mailer(Function<String, @Nullable String> environment, @Nullable SSLSocketFactory tls) {
    this.environment = environment;
    this.tls = tls;
  }

  @Override
  public void send(MailRules how, MailAddress to, String text) {
    SmtpServer server = server(how);
    Session session = session(server, password(how, server), ascii(how.from().address()));
    try {
      MimeMessage mail = new MimeMessage(session);
      mail.setFrom(address(how.from()));
      mail.setRecipient(Message.RecipientType.TO, address(to));
      mail.setSubject(how.subject(), UTF_8);
      // So that no absence note answers (RFC 3834).
      mail.setHeader("Auto-Submitted", "auto-generated");
      mail.setText(text, UTF_8);
      mail.saveChanges();
      Transport.send(mail);
    } catch (MessagingException e) {
      // Without its cause: what servers answer has addresses in it.
      throw new MailException(MailTrouble.said(e, server));
    }
  }

  private SmtpServer server(MailRules how) {
    String path = "requests.mail.smtp";
    SmtpServer server =
        SmtpServer.parse(Variables.put(path, how.smtp(), environment))
            .orElseThrow(
                () ->
                    new InputException(
                        path + " is no address of a mail server; write smtps://USER@HOST:465"));
    if (how.password() != null && server.tellsPassword()) {
      throw new InputException(
          path
              + ": the password would go over the network for all to read; write smtp+starttls:// or smtps://");
    }
    return server;
  }

  private @Nullable PasswordAuthentication password(MailRules how, SmtpServer server) {
    String password = how.password();
    if (password == null || server.user() == null) {
      return null;
    }
    return new PasswordAuthentication(
        server.user(), Variables.put("requests.mail.password", password, environment));
  }

  private Session session(
      SmtpServer server, @Nullable PasswordAuthentication signIn, String sender) {
    boolean tlsFirst = server.security() == SmtpServer.Security.TLS;
    String protocol = tlsFirst ? "smtps" : "smtp";
    String prefix = "mail." + protocol + ".";
    Properties settings = new Properties();
    settings.setProperty("mail.transport.protocol", protocol);
    settings.setProperty("mail.transport.protocol.rfc822", protocol);
    // Message ids are made of it; else they tell the name of this machine.
    settings.setProperty("mail.from", sender);
    settings.setProperty(prefix + "from", sender);
    settings.setProperty(prefix + "host", server.host().replaceAll("[\\[\\]]", ""));
    settings.setProperty(prefix + "port", Integer.toString(server.port()));
    settings.setProperty(prefix + "connectiontimeout", CONNECTING_MILLIS);
    settings.setProperty(prefix + "timeout", ANSWERING_MILLIS);
    settings.setProperty(prefix + "writetimeout", ANSWERING_MILLIS);
    settings.setProperty(prefix + "auth", Boolean.toString(signIn != null));
    settings.setProperty(prefix + "ssl.checkserveridentity", "true");
    settings.setProperty(prefix + "socketFactory.fallback", "false");
    boolean later = server.security() == SmtpServer.Security.STARTTLS;
    settings.setProperty(prefix + "starttls.enable", Boolean.toString(later));
    settings.setProperty(prefix + "starttls.required", Boolean.toString(later));
    if (tls != null) {
      settings.put(prefix + "ssl.socketFactory", tls);
    }
    return Session.getInstance(
        settings,
        signIn == null
            ? null
            : new Authenticator() {
              @Override
              protected PasswordAuthentication getPasswordAuthentication() {
                return signIn;
              }
            });
  }

  private static InternetAddress address(MailAddress address) throws MessagingException {
    try {
      InternetAddress made = new InternetAddress(ascii(address.address()), address.name(), UTF_8);
      made.validate();
      return made;
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Domains with other letters as the net knows them. */
  private static String ascii(String address) {
    int at = address.lastIndexOf('@');
    try {
      return address.substring(0, at + 1) + IDN.toASCII(address.substring(at + 1));
    } catch (IllegalArgumentException e) {
      throw new MailException("an e-mail address has a domain that cannot be");
    }
  }
}
