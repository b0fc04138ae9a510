package org.lethe.subject.request;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.error.InputException;
import org.lethe.execute.Transactions;
import org.lethe.policy.RequestRules;
import org.lethe.store.Outcome;
import org.lethe.subject.Person;
import org.lethe.subject.Settled;
import org.lethe.subject.export.ExportOptions;
import org.lethe.subject.export.ExportReport;
import org.lethe.subject.export.Exporter;
import org.lethe.subject.export.Extra;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Archives for those who asked what is known about them: made once, fetched as often as they like
 * until they expire, and made anew when asked for again. Thread-safe.
 */
public final class Downloads {

  /** Where archives lie if the policy names no folder: in the one Lethe runs in. */
  private static final Path USUAL = Path.of("lethe-exports");

  private static final FileAttribute<Set<PosixFilePermission>> ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Transactions transactions;
  private final RequestRules rules;
  private final Exporter exporter;
  private final List<Extra> extras;
  private final Clock clock;
  private final RequestSteps steps;

  Downloads(
      Transactions transactions,
      RequestRules rules,
      Exporter exporter,
      List<Extra> extras,
      Clock clock) {
    this.transactions = transactions;
    this.rules = rules;
    this.exporter = exporter;
    this.extras = List.copyOf(extras);
    this.clock = clock;
    this.steps = new RequestSteps(clock);
  }

  /**
   * Makes the archive of a request; a former one goes.
   *
   * @throws InputException if the folder cannot be written to
   */
  void make(Request request, Person person) {
    Path folder = folder();
    Path file = folder.resolve(UUID.randomUUID() + ".zip");
    ExportOptions options =
        request.kind() == Kind.PORTABILITY
            ? ExportOptions.USUAL.onlyPortable()
            : ExportOptions.USUAL;
    Made made = write(file, person, options);
    Instant now = clock.instant();
    Optional<Download> former = find(request.id());
    transactions.change(
        jdbc -> {
          jdbc.update("delete from lethe.request_download where request_id = ?", request.id());
          jdbc.update(
              """
              insert into lethe.request_download (download_id, request_id, file, sha256, bytes, made_at, expires_at)
              values (?, ?, ?, ?, ?, ?, ?)
              """,
              UUID.randomUUID(),
              request.id(),
              file.toString(),
              made.sha256(),
              made.bytes(),
              Timestamp.from(now),
              Timestamp.from(now.atZone(ZoneOffset.UTC).plus(rules.keepExports()).toInstant()));
          settle(jdbc, request, made.report());
          return true;
        });
    former.ifPresent(Downloads::delete);
  }

  private record Made(ExportReport report, String sha256, long bytes) {}

  /** Whole or not at all, and readable by this account alone. */
  private Made write(Path file, Person person, ExportOptions options) {
    try {
      Path written = Files.createTempFile(file.getParent(), ".", null);
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        ExportReport report;
        try (OutputStream out =
            new BufferedOutputStream(
                new DigestOutputStream(Files.newOutputStream(written), digest))) {
          report = exporter.export(person, extras, options, out);
        }
        long bytes = Files.size(written);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        return new Made(report, HexFormat.of().formatHex(digest.digest()), bytes);
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException | UncheckedIOException e) {
      throw notWritable(file.getParent(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What lies in it is everything about people: made for this account alone, where it is new. */
  private Path folder() {
    String said = rules.folder();
    Path folder = (said == null ? USUAL : Path.of(said)).toAbsolutePath();
    try {
      if (Files.isDirectory(folder)) {
        return folder;
      }
      Files.createDirectories(folder.getParent());
      return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
          ? Files.createDirectories(folder, ALONE)
          : Files.createDirectories(folder);
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  private static InputException notWritable(@Nullable Path folder, Exception e) {
    return new InputException(
        "the archive cannot be written to %s; make room there, or name another folder as requests: { folder: ... }"
            .formatted(folder),
        e);
  }

  /** Places that could not be asked are told, and asked again by the next run. */
  private static void settle(JdbcOperations jdbc, Request request, ExportReport report) {
    OutcomeLedger outcomes = new OutcomeLedger(jdbc);
    outcomes.of(request.id()).stream()
        .map(Settled::store)
        .distinct()
        .forEach(store -> outcomes.forget(request.id(), store, Outcome.UNREACHABLE));
    report.people().stream()
        .flatMap(p -> p.unreachable().stream())
        .forEach(
            u ->
                outcomes.add(
                    request.id(),
                    new Settled(u.name(), u.name(), Outcome.UNREACHABLE, 0, u.why(), null)));
  }

  /** The archive of a request; empty if none was made, or it has expired. */
  public Optional<Download> find(UUID request) {
    return transactions.look(
        jdbc ->
            jdbc
                .query(
                    "select * from lethe.request_download where request_id = ?",
                    (rs, n) ->
                        new Download(
                            request,
                            Path.of(rs.getString("file")),
                            rs.getString("sha256"),
                            rs.getLong("bytes"),
                            rs.getTimestamp("made_at").toInstant(),
                            rs.getTimestamp("expires_at").toInstant(),
                            rs.getInt("fetched")),
                    request)
                .stream()
                .findFirst());
  }

  /**
   * Hands the archive of a request out, and writes that down.
   *
   * @param out is not closed
   * @throws RequestException if there is none, it has expired, or it is not as it was made
   */
  public Download fetch(Request request, OutputStream out, By by) {
    Download download = find(request.id()).orElseThrow(() -> none(request));
    if (!clock.instant().isBefore(download.expires())) {
      throw none(request);
    }
    String sha256;
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Files.copy(download.file(), new DigestOutputStream(out, digest));
      sha256 = HexFormat.of().formatHex(digest.digest());
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new InputException(
          "the archive of request %d cannot be read; make it anew with --anew"
              .formatted(request.number()),
          e);
    }
    if (!sha256.equals(download.sha256())) {
      throw new RequestException(
          "the archive of request %d is not as it was made; make it anew with --anew"
              .formatted(request.number()));
    }
    transactions.change(
        jdbc -> {
          jdbc.update(
              "update lethe.request_download set fetched = fetched + 1 where request_id = ?",
              request.id());
          steps.audit(jdbc, "request_fetch", request.id(), by, "{}");
          return true;
        });
    return find(request.id()).orElse(download);
  }

  private static RequestException none(Request request) {
    return new RequestException(
        request.kind().exports()
            ? "request %d has no archive, or it has expired; make it anew with --anew"
                .formatted(request.number())
            : "request %d asks for %s, not for an archive"
                .formatted(request.number(), request.kind().word()));
  }

  /** Takes away what has expired. */
  void expire(UUID request) {
    find(request)
        .filter(d -> !clock.instant().isBefore(d.expires()))
        .ifPresent(
            d -> {
              // The file first: what is not there any more cannot be forgotten.
              delete(d);
              transactions.change(
                  jdbc ->
                      jdbc.update(
                          "delete from lethe.request_download where request_id = ?", request));
            });
  }

  private static void delete(Download download) {
    try {
      Files.deleteIfExists(download.file());
    } catch (IOException e) {
      throw new InputException(
          "an expired archive cannot be deleted: %s; delete it by hand".formatted(download.file()),
          e);
    }
  }
}
