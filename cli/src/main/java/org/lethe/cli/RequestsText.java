package org.lethe.cli;

import java.util.List;
import org.lethe.subject.Settled;
import org.lethe.subject.erase.ErasurePlan;
import org.lethe.subject.request.PlanText;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.Requests;
import org.lethe.subject.request.State;
import org.lethe.subject.request.Step;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Requests, for people and programs. */
final class RequestsText {

  private final Terminal terminal;

  RequestsText(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What a command says that left a request so. */
  static int exitCode(Request request) {
    return request.state() == State.PARTIALLY_FAILED ? ExitCode.FINDINGS_OR_BLOCKED : ExitCode.DONE;
  }

  /** One request with what became of the data. */
  void print(Request request, Requests requests, FormatOption format) {
    List<Settled> outcomes = requests.outcomes(request.id());
    if (!format.forPeople()) {
      ObjectNode json = json(request);
      json.set("outcomes", JsonText.read(PlanText.outcomes(outcomes)));
      JsonText.print(json, format.chosen(), terminal);
      return;
    }
    terminal.result(
        "request %d  %s of one %s: %s%s"
            .formatted(
                request.number(),
                request.kind().word(),
                OneLine.of(request.subjectType()),
                state(request),
                left(request)));
    if (!outcomes.isEmpty()) {
      new ErasureText(terminal).print(outcomes);
    }
    next(request);
  }

  private String state(Request request) {
    String word = request.state().word();
    return switch (request.state()) {
      case COMPLETED -> terminal.paint().green(word);
      case PARTIALLY_FAILED -> terminal.paint().red(word);
      default -> terminal.paint().bold(word);
    };
  }

  private static String left(Request request) {
    if (request.settled() != null) {
      return "";
    }
    long days = Times.daysUntil(request.due());
    return days == 0
        ? ", late since " + Times.lastDay(request.due())
        : ", %d day%s left".formatted(days, days == 1 ? "" : "s");
  }

  private void next(Request request) {
    long n = request.number();
    String next =
        switch (request.state()) {
          case RECEIVED -> "lethe requests verify %d --reason \"how you know\"".formatted(n);
          case VERIFIED -> "lethe requests collect " + n;
          case COLLECTED -> "lethe requests approve " + n;
          case APPROVED -> "lethe requests run " + n;
          case COMPLETED -> fetch(request);
          default -> "";
        };
    if (!next.isEmpty()) {
      terminal.note("next: " + next);
    } else if (request.next() != null) {
      terminal.note(
          "goes on at %s with lethe requests run".formatted(Times.minutes(request.next())));
    }
  }

  private static String fetch(Request request) {
    if (!request.kind().exports()) {
      return "lethe requests certificate %d --output certificate.html".formatted(request.number());
    }
    return request.next() == null
        ? ""
        : "lethe requests download %d -o archive.zip, until %s"
            .formatted(request.number(), Times.minutes(request.next()));
  }

  /** What an erasure would do, for programs. */
  static void print(ErasurePlan plan, FormatOption format, Terminal terminal) {
    JsonText.print((ObjectNode) JsonText.read(PlanText.json(plan)), format.chosen(), terminal);
  }

  /** Requests in a table. */
  void printList(List<Request> requests, FormatOption format) {
    if (!format.forPeople()) {
      JsonText.print(requests.stream().map(RequestsText::json).toList(), format.chosen(), terminal);
      return;
    }
    if (requests.isEmpty()) {
      terminal.note("no such requests");
      return;
    }
    TextTable table =
        new TextTable("rlllrl").row("NO", "KIND", "SUBJECT", "STATE", "DAYS LEFT", "RECEIVED");
    for (Request r : requests) {
      table.row(
          Long.toString(r.number()),
          r.kind().word(),
          OneLine.of(r.subjectType()),
          r.state().word(),
          r.settled() == null ? Long.toString(Times.daysUntil(r.due())) : "",
          Times.minutes(r.received()));
    }
    table.lines().forEach(terminal::result);
  }

  void printSteps(List<Step> steps) {
    TextTable table = new TextTable("llll");
    for (Step step : steps) {
      table.row(
          Times.minutes(step.at()),
          step.to().word(),
          OneLine.of(step.actor()),
          step.reason() == null ? "" : OneLine.of(step.reason()));
    }
    table.lines().forEach(terminal::result);
  }

  private static ObjectNode json(Request request) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", request.id().toString());
    json.put("number", request.number());
    json.put("kind", request.kind().word());
    json.put("subject", request.subjectType());
    json.put("state", request.state().word());
    json.put("received", request.received().toString());
    json.put("due", request.due().toString());
    json.put("settled", request.settled() == null ? null : request.settled().toString());
    json.put("next", request.next() == null ? null : request.next().toString());
    return json;
  }
}
