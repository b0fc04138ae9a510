package org.lethe.checklist;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lethe.error.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Findings that are known and excused, so that only new ones stop a build. Holds names of tables
 * and columns and no data. What makes a check itself worthless is never excused: faults of the
 * policy, and stores that could not be asked. Immutable.
 */
public final class Baseline {

  private static final int VERSION = 1;
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Set<Code> NEVER = Set.of(Code.POLICY_FAULT, Code.STORE_NOT_ASKED);

  private final Set<Entry> entries;

  /**
   * An excused finding.
   *
   * @param fingerprint by which it is recognised
   * @param code for those who read the file
   * @param subject for those who read the file
   */
  public record Entry(String fingerprint, String code, String subject)
      implements Comparable<Entry> {

    private static final Comparator<Entry> ORDER =
        Comparator.comparing(Entry::code)
            .thenComparing(Entry::subject)
            .thenComparing(Entry::fingerprint);

    @Override
    public int compareTo(Entry other) {
      return ORDER.compare(this, other);
    }
  }

  private Baseline(Collection<Entry> entries) {
    this.entries = new TreeSet<>(entries);
  }

  /** One that excuses all of these. */
  public static Baseline of(Collection<Finding> findings) {
    return new Baseline(
        findings.stream()
            .filter(f -> !NEVER.contains(f.code()))
            .map(f -> new Entry(f.fingerprint(), f.code().id(), f.subject()))
            .toList());
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @param source its name, for messages
   * @throws InputException if it is something else
   */
  public static Baseline read(String source, String json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw foreign(source, "it is not JSON");
    }
    if (root.path("version").asInt(0) != VERSION || !root.path("findings").isArray()) {
      throw foreign(source, "it has no version %d and list of findings".formatted(VERSION));
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonNode node : root.path("findings")) {
      Entry entry =
          new Entry(
              node.path("fingerprint").asString(""),
              node.path("code").asString(""),
              node.path("subject").asString(""));
      if (entry.fingerprint().isEmpty()) {
        throw foreign(source, "a finding in it has no fingerprint");
      }
      entries.add(entry);
    }
    return new Baseline(entries);
  }

  private static InputException foreign(String source, String what) {
    return new InputException(
        source
            + " is no baseline: "
            + what
            + "; write one with lethe check --write-baseline "
            + source);
  }

  /** Sorted, one finding a line, so that changes to it can be reviewed. */
  public String json() {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("version", VERSION);
    ArrayNode list = root.putArray("findings");
    for (Entry entry : entries) {
      ObjectNode node = list.addObject();
      node.put("fingerprint", entry.fingerprint());
      node.put("code", entry.code());
      node.put("subject", entry.subject());
    }
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  public int size() {
    return entries.size();
  }

  /** What of the findings is new, and what of the baseline is settled. */
  public CheckResult apply(List<Finding> findings, Severity failOn) {
    Set<String> excused = entries.stream().map(Entry::fingerprint).collect(Collectors.toSet());
    List<Finding> fresh =
        findings.stream()
            .filter(f -> NEVER.contains(f.code()) || !excused.contains(f.fingerprint()))
            .toList();
    Set<String> found = findings.stream().map(Finding::fingerprint).collect(Collectors.toSet());
    List<Entry> stale = entries.stream().filter(e -> !found.contains(e.fingerprint())).toList();
    return new CheckResult(fresh, findings.size() - fresh.size(), stale, failOn);
  }
}
