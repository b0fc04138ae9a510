package org.lethe.subject.request;

import org.lethe.policy.MailAddress;
import org.lethe.policy.MailRules;

/** Hands mails over to a mail server. Implementations are thread-safe. */
@FunctionalInterface
public interface Messenger {

  /**
   * Sends one mail, and returns once the server has taken it.
   *
   * @param how where to and from whom
   * @param to one address, which reaches no message and no log
   * @throws MailException if the server cannot be reached or does not take it
   * @throws org.lethe.error.InputException if the settings cannot be used
   */
  void send(MailRules how, MailAddress to, String text);
}
