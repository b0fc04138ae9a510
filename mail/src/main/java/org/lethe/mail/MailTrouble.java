package org.lethe.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.eclipse.angus.mail.util.SocketConnectException;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.SmtpServer;

/** Says why a mail was not taken, in our own words: those of servers name addresses. */
final class MailTrouble {

  private MailTrouble() {}

  static String said(MessagingException e, SmtpServer server) {
    String where = "the mail server " + server;
    if (find(e, AddressException.class) != null) {
      return "an e-mail address cannot be";
    }
    SMTPSenderFailedException sender = find(e, SMTPSenderFailedException.class);
    if (sender != null) {
      return "%s refuses the sender (code %d); look at requests.mail.from"
          .formatted(where, sender.getReturnCode());
    }
    SMTPAddressFailedException recipient = find(e, SMTPAddressFailedException.class);
    if (recipient != null) {
      return "%s refuses the person's address (code %d)"
          .formatted(where, recipient.getReturnCode());
    }
    SMTPSendFailedException refused = find(e, SMTPSendFailedException.class);
    if (refused != null) {
      return "%s refuses the mail (code %d)".formatted(where, refused.getReturnCode());
    }
    if (e instanceof AuthenticationFailedException) {
      return where + " refuses user or password; look at requests.mail.smtp and password";
    }
    if (find(e, CertificateException.class) != null) {
      return where + " shows a certificate that is not trusted, or is another host's";
    }
    if (find(e, SSLException.class) != null) {
      return where + " and we do not agree on TLS; look at the beginning of requests.mail.smtp";
    }
    return connection(e, where);
  }

  private static String connection(MessagingException e, String where) {
    if (find(e, UnknownHostException.class) != null) {
      return where + " is not known by that name";
    }
    if (find(e, SocketTimeoutException.class) != null) {
      return where + " does not answer in time";
    }
    if (find(e, ConnectException.class) != null
        || find(e, MailConnectException.class) != null
        || find(e, SocketConnectException.class) != null) {
      return where + " cannot be reached";
    }
    if (String.valueOf(e.getMessage()).contains("STARTTLS")) {
      return where + " offers no STARTTLS, and without it nothing is sent";
    }
    return "%s did not take the mail (%s)"
        .formatted(where, e instanceof SendFailedException ? "refused" : "the connection broke");
  }

  /** The first of a sort among the causes, and what these libraries keep beside them. */
  private static <T extends Throwable> @Nullable T find(@Nullable Throwable from, Class<T> sort) {
    if (from == null || sort.isInstance(from)) {
      return from == null ? null : sort.cast(from);
    }
    T cause = find(from.getCause(), sort);
    return cause == null
            && from instanceof MessagingException m
            && m.getNextException() != m.getCause()
        ? find(m.getNextException(), sort)
        : cause;
  }
}
