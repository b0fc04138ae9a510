package org.lethe.subject.request;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lethe.store.Outcome;
import org.lethe.subject.Key;
import org.lethe.subject.Settled;

/** A certificate as a page of its own: no script, nothing from elsewhere. */
final class CertificatePage {

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --line: #8884; --soft: #666; --good: #2a7d46; --hold: #9a6700; --bad: #b3261e }
      @media (prefers-color-scheme: dark) { :root { --soft: #aaa; --good: #6fcf8f; --hold: #e3b341; --bad: #ff8a80 } }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem }
      h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
      .soft { color: var(--soft) } .state { font-weight: 600 } .good { color: var(--good) } .hold { color: var(--hold) } .bad { color: var(--bad) }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 1.5rem 0 } dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
      .wide { overflow-x: auto } table { border-collapse: collapse; width: 100% } th { text-align: left; font-weight: 600 }
      th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
      .day { white-space: nowrap }
      @media (max-width: 40rem) {
        .outcomes tr:first-child { display: none } .outcomes tr { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0 .5rem; padding: .5rem 0; border-bottom: 1px solid var(--line) }
        .outcomes td { border: 0; padding: 0; overflow-wrap: anywhere } .outcomes td:empty { display: none } .outcomes td:nth-child(n+5) { grid-column: 1 / -1 } .outcomes td.n { text-align: left }
        .outcomes td.n::after { content: " ×" } .outcomes td.day::before { content: "until " }
      }
      code { font-size: .85em; overflow-wrap: anywhere } footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .75rem; font-size: .85rem }
      @media print { body { margin: 0; max-width: none } }
      """;

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private CertificatePage() {}

  static String of(Certificate certificate, Key key) {
    Request request = certificate.request();
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>Certificate for request %d</title>\n<style>\n".formatted(request.number()))
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<main>\n");
    page.append("<h1>Certificate of %s</h1>\n".formatted(request.kind().word()));
    page.append(
        "<p class=\"state %s\">%s</p>\n".formatted(tone(request.state()), text(said(request))));
    page.append("<dl>\n");
    if (certificate.controller() != null) {
      term(page, "Responsible", certificate.controller());
    }
    term(page, "Request", request.number() + " (" + request.id() + ")");
    term(page, "About", "one " + request.subjectType());
    term(page, "Received", day(request.received()));
    term(page, "To be answered by", day(request.due().minusSeconds(1)));
    term(page, "Done", day(request.settled()));
    term(page, "Issued", day(certificate.issued()));
    page.append("</dl>\n<h2>What became of the data</h2>\n");
    outcomes(page, certificate);
    page.append("<h2>How it went</h2>\n<div class=\"wide\"><table>\n");
    certificate
        .steps()
        .forEach(
            s ->
                page.append(
                    "<tr><td class=\"day\">%s</td><td>%s</td></tr>\n"
                        .formatted(text(time(s.at())), text(s.to().word()))));
    page.append("</table></div>\n</main>\n<footer class=\"soft\">\n");
    page.append(
        "<p>This page says what was done, and not for whom. It was done under the policy <code>%s</code>. Whoever holds the key can check the seal of the JSON form of this certificate.</p>\n"
            .formatted(text(certificate.policyHash())));
    page.append("<p>Seal <code>%s</code></p>\n".formatted(text(certificate.seal(key))));
    page.append("</footer>\n</body>\n</html>\n");
    return page.toString();
  }

  private static void outcomes(StringBuilder page, Certificate certificate) {
    if (certificate.outcomes().isEmpty()) {
      page.append("<p>Nothing was done yet.</p>\n");
      return;
    }
    page.append(
        "<div class=\"wide\"><table class=\"outcomes\">\n<tr><th>Where</th><th>What</th><th>Outcome</th><th class=\"n\">Items</th><th>Ground</th><th>Until</th></tr>\n");
    for (Settled s : certificate.outcomes()) {
      page.append(
          "<tr><td>%s</td><td>%s</td><td class=\"%s\">%s</td><td class=\"n\">%d</td><td>%s</td><td class=\"day\">%s</td></tr>\n"
              .formatted(
                  text(s.store()),
                  text(s.place()),
                  tone(s.outcome()),
                  text(s.outcome().word()),
                  s.items(),
                  text(s.ground() == null ? "" : s.ground()),
                  text(s.until() == null ? "" : day(s.until().minusSeconds(1)))));
    }
    page.append("</table></div>\n");
  }

  private static String said(Request request) {
    return switch (request.state()) {
      case COMPLETED -> "Completed.";
      case COMPLETED_WITH_RETAINED_DATA ->
          "Completed, but for data that must be kept for now. It goes by itself when that ends.";
      case PARTIALLY_FAILED -> "Not completed: some of it could not be done yet.";
      default -> request.state().word() + ".";
    };
  }

  private static String tone(State state) {
    return switch (state) {
      case COMPLETED -> "good";
      case PARTIALLY_FAILED, DENIED -> "bad";
      default -> "hold";
    };
  }

  private static String tone(Outcome outcome) {
    return switch (outcome) {
      case REMOVED, ANONYMISED, NOT_FOUND -> "good";
      case RETAINED -> "hold";
      case UNSUPPORTED, UNREACHABLE -> "bad";
    };
  }

  private static void term(StringBuilder page, String name, String value) {
    page.append("<dt>%s</dt><dd>%s</dd>\n".formatted(text(name), text(value)));
  }

  private static String day(@Nullable Instant at) {
    return at == null ? "not yet" : LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
  }

  private static String time(Instant at) {
    return MINUTES.format(at) + " UTC";
  }

  private static String text(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
