package org.lethe.subject.request;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lethe.error.InputException;
import org.lethe.error.LetheException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Remembers outside of the database who was erased, so that a backup restored later can be made to
 * forget them again. One line of JSON for each, with keyed hashes and nothing else of anybody;
 * lines are only ever added. Thread-safe, also across processes on one machine.
 */
final class ErasuresFile {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;

  ErasuresFile(Path file) {
    this.file = file;
  }

  /**
   * One person who was erased.
   *
   * @param keyHash of the key of their row
   * @param identifierHashes of what else identified them; empty if nothing did
   */
  record Erased(
      UUID request, String subjectType, String keyHash, List<String> identifierHashes, Instant at) {
    Erased {
      identifierHashes = List.copyOf(identifierHashes);
    }
  }

  /**
   * Adds a line, and waits until it is on disk.
   *
   * @throws LetheException if it cannot be written
   */
  void add(Erased erased) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("request", erased.request().toString());
    line.put("subject", erased.subjectType());
    line.put("key", erased.keyHash());
    line.put("identifiers", erased.identifierHashes());
    line.put("at", erased.at().toString());
    byte[] bytes = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      channel.write(ByteBuffer.wrap(bytes));
      channel.force(true);
    } catch (IOException e) {
      throw new LetheException("the file of erasures cannot be written: " + file, e);
    }
  }

  /**
   * The last word on each request, in the order in which they were erased.
   *
   * @param since who was erased before is left out
   * @throws InputException if there is no such file, or a line of it cannot be read
   */
  List<Erased> since(Instant since) {
    Map<UUID, Erased> all = new LinkedHashMap<>();
    int number = 0;
    for (String line : lines()) {
      number++;
      if (!line.isBlank()) {
        Erased erased = read(line, number);
        if (!erased.at().isBefore(since)) {
          all.put(erased.request(), erased);
        }
      }
    }
    return List.copyOf(all.values());
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new InputException("there is no file of erasures: " + file, e);
    } catch (IOException e) {
      throw new InputException("the file of erasures cannot be read: " + file, e);
    }
  }

  private Erased read(String line, int number) {
    try {
      JsonNode json = JSON.readTree(line);
      List<String> identifiers = new ArrayList<>();
      json.path("identifiers").forEach(n -> identifiers.add(n.asString()));
      return new Erased(
          UUID.fromString(json.path("request").asString()),
          json.path("subject").asString(),
          json.path("key").asString(),
          identifiers,
          Instant.parse(json.path("at").asString()));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      throw new InputException(
          "line %d of the file of erasures %s cannot be read; mend it, or take it out"
              .formatted(number, file),
          e);
    }
  }
}
