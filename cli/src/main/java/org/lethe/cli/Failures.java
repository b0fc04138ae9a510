package org.lethe.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.lethe.collect.BlockedException;
import org.lethe.error.LetheException;
import org.lethe.error.NotPermittedException;
import org.lethe.execute.OutcomeUnknownException;
import org.lethe.plan.StalePlanException;
import org.lethe.policy.PolicyException;
import org.lethe.policy.PolicyFinding;
import org.lethe.trash.RestoreException;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into one line on standard error and an exit code. */
final class Failures {

  private final Terminal terminal;
  private final boolean debug;
  private final Interruption interruption;

  Failures(Terminal terminal, Map<String, String> environment, Interruption interruption) {
    this.terminal = terminal;
    this.debug = "1".equals(environment.get("LETHE_DEBUG"));
    this.interruption = interruption;
  }

  /** What was typed does not parse. */
  int usage(ParameterException e, String[] args) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String name = command.qualifiedName(" ");
    terminal.error(name + ": " + usageMessage(e) + " (see " + name + " --help)");
    trace(e);
    return ExitCode.USAGE_OR_ERROR;
  }

  private static String usageMessage(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unmatchedMessage(unmatched.getUnmatched().get(0), e.getCommandLine());
    }
    ArgSpec argument = e.getArgSpec();
    if (argument != null && argument.type().isEnum() && e.getValue() != null) {
      String name =
          argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
      String choices =
          Arrays.stream(argument.type().getEnumConstants())
              .map(Object::toString)
              .collect(Collectors.joining(", "));
      return "%s is one of %s, not %s".formatted(name, choices, e.getValue());
    }
    return OneLine.of(Objects.requireNonNullElse(e.getMessage(), "cannot be understood"));
  }

  private static String unmatchedMessage(String argument, CommandLine line) {
    CommandSpec command = line.getCommandSpec();
    if (argument.startsWith("-") && argument.length() > 1) {
      String option = argument.replaceFirst("=.*", "");
      List<String> names = new ArrayList<>(command.optionsMap().keySet());
      return "unknown option " + option + Suggestions.didYouMean(option, names);
    }
    if (!command.subcommands().isEmpty()) {
      List<String> names = new ArrayList<>(command.subcommands().keySet());
      return "unknown command " + argument + Suggestions.didYouMean(argument, names);
    }
    return "unexpected argument " + argument;
  }

  /** The command failed; returns the exit code. */
  int report(Exception e) {
    trace(e);
    if (e instanceof PurgeInterruptedException) {
      terminal.error("lethe: " + message(e));
      return ExitCode.INTERRUPTED;
    }
    if (interruption.requested() && !(e instanceof OutcomeUnknownException)) {
      terminal.error("lethe: interrupted; nothing was changed");
      return ExitCode.INTERRUPTED;
    }
    if (e instanceof PolicyException policy) {
      policy.findings().forEach(f -> terminal.error(line(policy.source(), f)));
      return ExitCode.USAGE_OR_ERROR;
    }
    terminal.error("lethe: " + message(e));
    return exitCode(e);
  }

  static String line(String source, PolicyFinding f) {
    String place = f.line() > 0 ? ":" + f.line() + ":" + f.column() : "";
    String path = f.path().isEmpty() ? "" : f.path() + ": ";
    String fix = f.fix() == null ? "" : "; fix: " + f.fix();
    return OneLine.of(source + place + ": " + path + f.message() + fix);
  }

  private static String message(Exception e) {
    DatabaseFailure database = DatabaseFailure.of(e);
    // What the engine says of a removal is better than what the database says; but about a
    // connection that never came to be, nobody knows more than the command line.
    boolean explained = e instanceof LetheException && !(database != null && database.login());
    if (explained) {
      return OneLine.of(Objects.requireNonNullElse(e.getMessage(), ""));
    }
    if (database != null) {
      return database.message();
    }
    return "unexpected failure: %s: %s (LETHE_DEBUG=1 shows where)"
        .formatted(
            e.getClass().getSimpleName(),
            OneLine.of(Objects.requireNonNullElse(e.getMessage(), "no message")));
  }

  private static int exitCode(Exception e) {
    if (e instanceof StalePlanException) {
      return ExitCode.PLAN_STALE;
    }
    if (e instanceof NotPermittedException) {
      return ExitCode.NOT_PERMITTED;
    }
    if (e instanceof BlockedException || e instanceof RestoreException) {
      return ExitCode.FINDINGS_OR_BLOCKED;
    }
    DatabaseFailure database = DatabaseFailure.of(e);
    return database == null ? ExitCode.USAGE_OR_ERROR : database.exitCode();
  }

  /** Only for those who asked for it: everybody else gets one line. */
  private void trace(Exception e) {
    if (debug) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      terminal.error(trace.toString());
    }
  }
}
