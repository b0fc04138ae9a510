package org.lethe.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of Lethe; options here may stand before or after the name of a command. */
@Command(
    name = "lethe",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = LetheCommand.Version.class,
    usageHelpAutoWidth = true,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    description = "Safe data removal for relational databases.",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    parameterListHeading = "%nArguments:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lethe demo                       a database to play with, and a tour",
      "  lethe init && lethe check        a first policy, and what is left to decide",
      "  lethe preview customer 1         what would go",
      "  lethe delete customer 1          shows it, asks, puts it into the trash",
      "  lethe restore 1f0c3a2b           brings it back, exactly as it was"
    })
public final class LetheCommand implements Runnable {

  @Option(
      names = "--db",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "jdbc:postgresql://... or postgresql://...; else LETHE_DB")
  private @Nullable String db;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "the policy; else LETHE_CONFIG, else ./lethe.yaml")
  private @Nullable Path config;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "no notes and no progress on stderr")
  private boolean quiet;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      description = "${COMPLETION-CANDIDATES}; auto: on a terminal without NO_COLOR")
  private ColorMode color = ColorMode.AUTO;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Interruption interruption;

  private LetheCommand(
      Terminal terminal, Map<String, String> environment, Interruption interruption) {
    this.terminal = terminal;
    this.environment = Map.copyOf(environment);
    this.interruption = interruption;
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Map<String, String> environment = System.getenv();
    Interruption interruption = Interruption.ofProcess();
    Terminal terminal = Terminal.ofProcess(environment);
    int code = run(terminal, environment, interruption, args);
    interruption.finished();
    System.exit(code);
  }

  /** Runs one command; whatever goes wrong is an exit code and a line on standard error. */
  static int run(
      Terminal terminal,
      Map<String, String> environment,
      Interruption interruption,
      String... args) {
    CommandLine line = commandLine(terminal, environment, interruption);
    int code = line.execute(args);
    terminal.flush();
    return code;
  }

  static CommandLine commandLine(
      Terminal terminal, Map<String, String> environment, Interruption interruption) {
    LetheCommand root = new LetheCommand(terminal, environment, interruption);
    Failures failures = new Failures(terminal, environment, interruption);
    CommandLine line = new CommandLine(root);
    Commands.all(root).forEach(line::addSubcommand);
    line.setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setParameterExceptionHandler(failures::usage)
        .setExecutionExceptionHandler((e, command, parsed) -> failures.report(e))
        .setExecutionStrategy(parsed -> root.execute(line, parsed));
    return line;
  }

  private int execute(CommandLine line, ParseResult parsed) {
    terminal.use(color, quiet);
    if (terminal.paint() == Paint.ANSI) {
      line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.ON));
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** Without a command there is nothing to do but to help. */
  @Override
  public void run() {
    spec.commandLine().usage(terminal.out());
  }

  CommandLine commandLine() {
    return spec.commandLine();
  }

  Terminal terminal() {
    return terminal;
  }

  Interruption interruption() {
    return interruption;
  }

  /** The environment variables of the process. */
  Map<String, String> environment() {
    return environment;
  }

  /**
   * @throws UsageException if none is named or it cannot be read
   */
  DatabaseUrl databaseUrl() {
    String url = db != null ? db : environment.get("LETHE_DB");
    if (url == null || url.isBlank()) {
      throw new UsageException(
          "which database? Give --db jdbc:postgresql://host/database or set LETHE_DB"
              + " (lethe demo starts one to play with)");
    }
    return DatabaseUrl.parse(url, environment);
  }

  /** Another database, reached with the same login where its URL names none. */
  DatabaseUrl databaseUrl(String url) {
    return DatabaseUrl.parse(url, environment);
  }

  /** The value of an environment variable; null where it is not set. */
  @Nullable String environment(String name) {
    return environment.get(name);
  }

  /** The policy file; null where none is named and none lies here. */
  @Nullable Path policyFile() {
    if (config != null) {
      return config;
    }
    String named = environment.getOrDefault("LETHE_CONFIG", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    Path here = Path.of("lethe.yaml");
    return Files.exists(here) ? here : null;
  }

  /** Reads the version from the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = LetheCommand.class.getPackage().getImplementationVersion();
      return new String[] {"lethe " + (version == null ? "(not packaged)" : version)};
    }
  }
}
