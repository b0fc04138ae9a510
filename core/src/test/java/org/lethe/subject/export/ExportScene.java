package org.lethe.subject.export;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.lethe.Lethe;
import org.lethe.LetheBuilder;
import org.lethe.policy.PolicyReader;
import org.lethe.subject.People;
import org.lethe.subject.Person;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;

/** A database and what tests of exports do with it, at a fixed time. */
final class ExportScene {

  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  final PGSimpleDataSource database;
  final Lethe lethe;

  ExportScene(PGSimpleDataSource database, String policy, ExportTransformation... own) {
    this.database = database;
    LetheBuilder builder =
        Lethe.builder(database).policy(PolicyReader.read("lethe.yaml", policy)).clock(CLOCK);
    List.of(own).forEach(builder::transformation);
    this.lethe = builder.build();
  }

  static ExportScene of(String sql, String policy, ExportTransformation... own) {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(database, sql);
    return new ExportScene(database, policy, own);
  }

  Person person(String subject, String value) {
    return lethe.exporter().find(People.type(lethe.decisions(), subject), value);
  }

  byte[] export(ExportOptions options, List<Extra> extras, Person... people) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    lethe.exporter().export(List.of(people), extras, options, out);
    return out.toByteArray();
  }

  /** The files of an archive by their paths, in its order. */
  Map<String, String> files(Person... people) {
    return unzipped(export(ExportOptions.USUAL, List.of(), people));
  }

  JsonNode json(Person person) {
    return Json.read(
        new String(
            export(ExportOptions.USUAL.with(ExportFormat.JSON), List.of(), person),
            StandardCharsets.UTF_8));
  }

  /** The rows of a table in a document. */
  static JsonNode rows(JsonNode document, String table) {
    for (JsonNode part : document.get("tables")) {
      if (part.get("name").asString().equals(table)) {
        return part.get("rows");
      }
    }
    throw new AssertionError("no table " + table + " in " + document);
  }

  static Map<String, String> unzipped(byte[] zip) {
    Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        files.put(e.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  static String file(Map<String, String> files, String path) {
    return Objects.requireNonNull(files.get(path), path + " is not in " + files.keySet());
  }
}
