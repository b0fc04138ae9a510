package org.lethe.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.subject.request.Download;
import org.lethe.subject.request.Request;
import org.lethe.trash.By;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hands out the archive of a request. */
@Command(
    name = "download",
    description =
        "Fetch the archive that was made for a request of access or portability, as often as you"
            + " like until it expires.",
    footer = {
      "  lethe requests download 3 -o archive.zip",
      "  lethe requests download 3 --anew        with what is known now, and good for as long again"
    })
@SuppressWarnings("NullAway.Init")
final class RequestsDownloadCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "NUMBER", description = "of the request, or its id")
  private String named;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write it here, readable by you alone; default: request-NUMBER.zip")
  private @Nullable Path output;

  @Option(names = "--force", description = "replace FILE if it exists")
  private boolean force;

  @Option(names = "--anew", description = "make it anew first")
  private boolean anew;

  @Mixin private final ActorOption actor = new ActorOption();

  RequestsDownloadCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    actor.check();
    Terminal terminal = lethe.terminal();
    By by = new By(actor.name(), null);
    try (RequestSession session = RequestSession.look(lethe)) {
      Request request = session.find(named);
      Path file = output == null ? Path.of("request-" + request.number() + ".zip") : output;
      OutputFile.check(file, force);
      if (anew) {
        Request after =
            new Progress(terminal)
                .during("exporting", () -> session.requests().anew(request.id(), by));
        terminal.note("made anew; it expires at " + Times.minutes(expiry(session, after)));
      }
      Download fetched =
          OutputFile.writePrivately(
              file, force, out -> session.requests().downloads().fetch(request, out, by));
      terminal.result(
          "%s  %s bytes, SHA-256 %s"
              .formatted(file, Words.number(fetched.bytes()), fetched.sha256()));
      return ExitCode.DONE;
    }
  }

  private static Instant expiry(RequestSession session, Request request) {
    return session
        .requests()
        .downloads()
        .find(request.id())
        .map(Download::expires)
        .orElse(request.due());
  }
}
