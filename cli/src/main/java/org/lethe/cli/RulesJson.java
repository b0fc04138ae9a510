package org.lethe.cli;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Counts;
import org.lethe.collect.CountsJson;
import org.lethe.retention.RoundReport;
import org.lethe.retention.RuleReport;
import org.lethe.retention.RuleRun;
import org.lethe.schema.Catalog;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rules and their runs as JSON; keys in a fixed order, times in UTC. */
final class RulesJson {

  private final Catalog catalog;

  RulesJson(Catalog catalog) {
    this.catalog = catalog;
  }

  ObjectNode line(RulesListCommand.Line line) {
    ObjectNode json = object();
    json.put("rule", line.rule().name());
    json.put("action", line.rule().action().word());
    json.put("table", catalog.displayName(line.rule().table()));
    json.put("every", line.rule().schedule().toString());
    json.put("matches", line.matches());
    json.put("fault", line.fault());
    json.put("next", text(line.next()));
    json.put("paused", line.pause().map(p -> p.reason()).orElse(null));
    json.set("last", line.last().map(this::run).orElse(null));
    return json;
  }

  ObjectNode run(RuleRun run) {
    ObjectNode json = object();
    json.put("run", run.id().toString());
    json.put("round", run.round().toString());
    json.put("rule", run.rule());
    json.put("action", run.action());
    json.put("actor", run.actor());
    json.put("state", run.state().name().toLowerCase(Locale.ROOT));
    json.put("started_at", run.startedAt().toString());
    json.put("finished_at", text(run.finishedAt()));
    put(json, run.counts(), run.setAside());
    json.put("failure", run.failure());
    json.put("continues", run.continues() == null ? null : run.continues().toString());
    return json;
  }

  ObjectNode round(RoundReport round) {
    ObjectNode json = object();
    CountsJson.put(json, round.total().counts(), catalog);
    json.put("duration_ms", round.total().duration().toMillis());
    List<ObjectNode> rules = round.rules().stream().map(this::report).toList();
    json.set("rules", JsonNodeFactory.instance.arrayNode().addAll(rules));
    return json;
  }

  private ObjectNode report(RuleReport report) {
    ObjectNode json = object();
    json.put("rule", report.rule());
    json.put("run", report.run() == null ? null : report.run().toString());
    json.put("outcome", report.outcome().name().toLowerCase(Locale.ROOT));
    put(json, report.counts(), report.setAside());
    json.put("note", report.note());
    json.put("duration_ms", report.duration().toMillis());
    return json;
  }

  private void put(ObjectNode json, Counts counts, Map<String, Long> setAside) {
    CountsJson.put(json, counts, catalog);
    ObjectNode aside = json.putObject("set_aside");
    setAside.forEach(aside::put);
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
