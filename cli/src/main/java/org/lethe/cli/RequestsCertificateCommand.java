package org.lethe.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.subject.request.Certificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proof of what was done, without saying for whom. */
@Command(
    name = "certificate",
    description =
        "Write a certificate of what was done, without anything personal; as a page where the file's"
            + " name ends in .html, else as JSON with a seal. Or check one.",
    footer = {
      "  lethe requests certificate 7",
      "  lethe requests certificate 7 --output certificate.html",
      "  lethe requests certificate --check certificate.json"
    })
final class RequestsCertificateCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "NUMBER", arity = "0..1", description = "of the request, or its id")
  private @Nullable String named;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "where to write it; else stdout")
  private @Nullable Path output;

  @Option(names = "--check", paramLabel = "FILE", description = "check the seal of one in JSON")
  private @Nullable Path check;

  RequestsCertificateCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    if (check != null) {
      boolean ours =
          Certificate.verify(Session.readText(check, "certificate"), RequestSession.key(lethe));
      lethe
          .terminal()
          .result(
              check + (ours ? " is as it was issued" : " was changed, or sealed with another key"));
      return ours ? ExitCode.DONE : ExitCode.FINDINGS_OR_BLOCKED;
    }
    if (named == null) {
      throw new UsageException("name a request, or a certificate to --check");
    }
    try (RequestSession session = RequestSession.look(lethe)) {
      Certificate certificate = session.requests().certificate(session.find(named).id());
      boolean page = output != null && output.toString().toLowerCase(Locale.ROOT).endsWith(".html");
      String text = page ? certificate.html(session.key()) : certificate.json(session.key());
      if (output == null) {
        lethe.terminal().result(text.stripTrailing());
      } else {
        OutputFile.write(output, text);
        lethe.terminal().note("wrote " + output);
      }
      return ExitCode.DONE;
    }
  }
}
