package org.lethe.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Makes sure that mails can be written and sent as the policy says. Messages show no password. */
final class MailEntries {

  private static final String PATH = "requests.mail.";

  private final Faults faults;

  MailEntries(Faults faults) {
    this.faults = faults;
  }

  /** Null where nothing is said, or something is wrong. */
  @Nullable MailRules rules(Policy.@Nullable MailEntry entry) {
    if (entry == null) {
      return null;
    }
    server(entry);
    Optional<MailAddress> from = MailAddress.parse(entry.from().name());
    if (from.isEmpty()) {
      add(
          entry.from(),
          "from",
          "this is no e-mail address",
          "write privacy@example.org or Example <privacy@example.org>");
    }
    Policy.Reference link = entry.link();
    if (link != null) {
      link(link);
    }
    Policy.Reference subject = entry.subject();
    if (subject != null && subject.name().chars().anyMatch(Character::isISOControl)) {
      add(subject, "subject", "a subject is one line", "take out line breaks and tabs");
    }
    Policy.Reference text = entry.text();
    if (text != null) {
      text(text, link != null);
    }
    return from.isEmpty()
        ? null
        : new MailRules(
            entry.smtp().name(),
            entry.password(),
            from.get(),
            link == null ? null : link.name().strip(),
            subject == null ? MailRules.USUAL_SUBJECT : subject.name(),
            text == null
                ? link == null ? MailRules.USUAL_TEXT : MailRules.USUAL_TEXT_WITH_LINK
                : text.name());
  }

  private void server(Policy.MailEntry entry) {
    if (Variables.in(entry.smtp().name())) {
      return;
    }
    Optional<SmtpServer> server = SmtpServer.parse(entry.smtp().name());
    if (server.isEmpty()) {
      add(
          entry.smtp(),
          "smtp",
          "this is no address of a mail server",
          "write "
              + SmtpServer.FORM
              + "; a password stands apart, as password: \"${SMTP_PASSWORD}\"");
    } else if (entry.password() != null && server.get().tellsPassword()) {
      add(
          entry.smtp(),
          "smtp",
          "the password would go over the network for all to read",
          "write smtp+starttls:// or smtps://");
    } else if ((entry.password() == null) != (server.get().user() == null)) {
      add(
          entry.smtp(),
          "smtp",
          "to sign in takes a user and a password, and there is only one of them",
          "write smtps://USER@HOST:465 and password: \"${SMTP_PASSWORD}\"");
    }
  }

  private void link(Policy.Reference link) {
    if (!link.name().strip().matches("https?://[^\\s\\p{Cntrl}]+")) {
      add(link, "link", "this is no address of a page", "write https://example.org/?word={word}");
    }
    Set<String> braces = braces(link, "link", MailRules.IN_LINK);
    if (!braces.contains("word")) {
      add(link, "link", "the word is not in it", "add it: ?word={word}");
    }
  }

  private void text(Policy.Reference text, boolean linked) {
    Set<String> braces = braces(text, "text", MailRules.IN_TEXT);
    if (braces.contains("link") && !linked) {
      add(text, "text", "it has {link}, but there is no link", "add link, or take it out");
    }
    if (!braces.contains("word") && !braces.contains("link")) {
      add(text, "text", "the word is not in it", "add {word}" + (linked ? " or {link}" : ""));
    }
  }

  private Set<String> braces(Policy.Reference text, String key, List<String> known) {
    Set<String> found = new TreeSet<>();
    Matcher m = MailRules.BRACES.matcher(text.name());
    while (m.find()) {
      if (!known.contains(m.group(1)) && found.add(m.group(1))) {
        add(
            text,
            key,
            m.group() + " stands for nothing here",
            Nearest.fix(m.group(1), known, "the words in braces"));
      }
      found.add(m.group(1));
    }
    return found;
  }

  private void add(Policy.Reference at, String key, String message, String fix) {
    faults.add(at.place(), PATH + key, message, fix);
  }
}
