package org.lethe.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Blocker;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.PathStep;
import org.lethe.collect.Roots;
import org.lethe.collect.Selected;
import org.lethe.collect.Selection;
import org.lethe.collect.Updated;
import org.lethe.collect.Warning;
import org.lethe.error.InputException;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Names;
import org.lethe.schema.Relation;
import org.lethe.schema.TableId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plans as JSON, version 1. Row data (labels of blocking rows) is left out: a plan is kept in files
 * and mails. Thread-safe.
 */
public final class PlanJson {

  static final int VERSION = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Decisions decisions;

  public PlanJson(Decisions decisions) {
    this.decisions = decisions;
  }

  public String write(Plan plan) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("version", VERSION);
    document.put("hash", plan.hash());
    document.putAll(body(plan));
    return MAPPER.writeValueAsString(document);
  }

  /** Everything but the hash: what the hash is taken over. */
  Map<String, Object> body(Plan plan) {
    Map<String, Object> document = new LinkedHashMap<>();
    Selection selection = plan.selection();
    document.put("policy", plan.policyHash());
    document.put("catalog", plan.catalogHash());
    document.put("root", root(selection.roots()));
    document.put("kind", selection.kind().name().toLowerCase(Locale.ROOT));
    if (!selection.choices().isEmpty()) {
      document.put("choices", ChoicesJson.write(selection.choices()));
    }
    document.put("total", selection.counts().total());
    document.put("tables", selection.tables().stream().map(this::table).toList());
    document.put("updates", selection.updates().stream().map(PlanJson::updated).toList());
    document.put("blocked", selection.blockers().stream().map(this::blocker).toList());
    document.put("warnings", selection.warnings().stream().map(PlanJson::warning).toList());
    document.put("steps", plan.steps().stream().map(this::step).toList());
    return document;
  }

  private Map<String, Object> root(Roots roots) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("table", name(roots.table()));
    if (roots instanceof Roots.Keys keys) {
      json.put("keys", keys.keys());
    } else {
      json.put("where", ((Roots.Where) roots).predicate());
    }
    return json;
  }

  private Map<String, Object> table(Selected selected) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("table", name(selected.table()));
    json.put("rows", selected.rows());
    if (selected.marked()) {
      json.put("marked", true);
    }
    json.put("digest", selected.digest());
    json.put("reached_by", selected.reachedBy());
    return json;
  }

  private static Map<String, Object> updated(Updated updated) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("relation", updated.relation().name());
    json.put("action", updated.onDelete().kind().word());
    if (!updated.onDelete().values().isEmpty()) {
      json.put("values", updated.onDelete().values());
    }
    json.put("columns", updated.columns());
    json.put("rows", updated.rows());
    json.put("digest", updated.digest());
    return json;
  }

  private Map<String, Object> blocker(Blocker blocker) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("relation", blocker.relation().name());
    json.put("rule", blocker.kind().word());
    json.put("rows", blocker.rows());
    json.put("path", blocker.path().stream().map(this::pathStep).toList());
    if (blocker.why() != null) {
      json.put("why", blocker.why());
    }
    return json;
  }

  private Map<String, Object> pathStep(PathStep step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("table", name(step.row().table()));
    json.put("key", step.row().key());
    json.put("relation", step.relation());
    if (step.skipped() > 0) {
      json.put("skipped", step.skipped());
    }
    return json;
  }

  private static Map<String, Object> warning(Warning warning) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", warning.kind().name().toLowerCase(Locale.ROOT));
    json.put("subject", warning.subject());
    json.put("text", warning.text());
    return json;
  }

  private Map<String, Object> step(Step step) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (step instanceof Step.Update update) {
      json.put("do", "update");
      json.put("relation", update.relation());
      json.put("table", name(update.table()));
      json.put("columns", update.columns());
      json.put("action", update.action());
    } else if (step instanceof Step.Flag flag) {
      json.put("do", "flag");
      json.put("table", name(flag.table()));
      json.put("columns", flag.columns());
    } else if (step instanceof Step.Delete delete) {
      json.put("do", "delete");
      json.put("tables", delete.tables().stream().map(this::name).toList());
    }
    json.put("rows", step.rows());
    json.put("reason", step.reason());
    return json;
  }

  private String name(TableId table) {
    return decisions.catalog().displayName(table);
  }

  /**
   * Reads a plan back.
   *
   * @param source the file's name, for messages
   * @throws InputException if it is no plan, was edited since it was written, or is of another
   *     version
   * @throws StalePlanException if it speaks of tables or relations that no longer exist
   */
  public Plan read(String source, String json) {
    JsonNode document;
    try {
      document = MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new InputException(
          source
              + " is not a plan: it is not JSON (line "
              + e.getLocation().getLineNr()
              + "). Write one with: lethe plan TABLE KEY -o plan.json",
          e);
    }
    if (!document.path("version").isInt() || !document.path("hash").isString()) {
      throw new InputException(
          source + " is not a plan. Write one with: lethe plan TABLE KEY -o plan.json");
    }
    if (document.path("version").intValue() != VERSION) {
      throw new InputException(
          "%s is a plan of version %d, but this Lethe reads version %d; make a new plan"
              .formatted(source, document.path("version").intValue(), VERSION));
    }
    String hash = document.path("hash").stringValue();
    if (!PlanHash.ofDocument(document).equals(hash)) {
      throw new InputException(
          source
              + " was changed after it was written: its hash does not fit. What is approved is what"
              + " runs, so make a new plan instead of editing this one");
    }
    return new Reading(document).plan(hash);
  }

  /** Turns names back into what they name today. */
  private final class Reading {
    private final JsonNode document;
    private final Map<String, Relation> relations = new LinkedHashMap<>();

    Reading(JsonNode document) {
      this.document = document;
      decisions.graph().relations().forEach(r -> relations.put(r.name(), r));
    }

    Plan plan(String hash) {
      List<Selected> tables = new ArrayList<>();
      document.path("tables").forEach(t -> tables.add(selected(t)));
      List<Updated> updates = new ArrayList<>();
      document.path("updates").forEach(u -> updates.add(updated(u)));
      List<Blocker> blockers = new ArrayList<>();
      document.path("blocked").forEach(b -> blockers.add(blocker(b)));
      Selection selection =
          new Selection(
              roots(),
              deleteKind(),
              ChoicesJson.read(document.path("choices"), this::relation),
              tables,
              updates,
              blockers,
              List.of());
      List<Step> steps = new ArrayList<>();
      document.path("steps").forEach(s -> steps.add(step(s)));
      return new Plan(
          selection,
          steps,
          document.path("policy").asString(""),
          document.path("catalog").asString(""),
          hash);
    }

    private DeleteKind deleteKind() {
      return DeleteKind.valueOf(document.path("kind").asString("").toUpperCase(Locale.ROOT));
    }

    private Roots roots() {
      JsonNode root = document.path("root");
      TableId table = table(root.path("table"));
      if (root.has("where")) {
        return new Roots.Where(table, root.path("where").asString(""));
      }
      List<List<String>> keys = new ArrayList<>();
      root.path("keys").forEach(k -> keys.add(strings(k)));
      return new Roots.Keys(table, keys);
    }

    private Selected selected(JsonNode node) {
      Map<String, Long> reachedBy = new LinkedHashMap<>();
      node.path("reached_by")
          .properties()
          .forEach(e -> reachedBy.put(e.getKey(), e.getValue().asLong(0)));
      return new Selected(
          table(node.path("table")),
          node.path("rows").asLong(0),
          node.path("marked").asBoolean(false),
          digest(node),
          reachedBy);
    }

    private Updated updated(JsonNode node) {
      OnDelete.Kind kind = kind(node.path("action"));
      List<@Nullable String> values = new ArrayList<>();
      node.path("values").forEach(v -> values.add(v.isNull() ? null : v.asString("")));
      return new Updated(
          relation(node.path("relation")),
          new OnDelete(kind, values),
          strings(node.path("columns")),
          node.path("rows").asLong(0),
          digest(node));
    }

    private Blocker blocker(JsonNode node) {
      return new Blocker(
          relation(node.path("relation")),
          kind(node.path("rule")),
          node.path("rows").asLong(0),
          List.of(),
          null,
          node.path("why").isString() ? node.path("why").stringValue() : null);
    }

    private Step step(JsonNode node) {
      long rows = node.path("rows").asLong(0);
      String reason = node.path("reason").asString("");
      if (node.path("do").asString("").equals("update")) {
        return new Step.Update(
            node.path("relation").asString(""),
            table(node.path("table")),
            strings(node.path("columns")),
            node.path("action").asString(""),
            rows,
            reason);
      }
      if (node.path("do").asString("").equals("flag")) {
        return new Step.Flag(
            table(node.path("table")), strings(node.path("columns")), rows, reason);
      }
      List<TableId> tables = new ArrayList<>();
      node.path("tables").forEach(t -> tables.add(table(t)));
      return new Step.Delete(tables, rows, reason);
    }

    private OnDelete.Kind kind(JsonNode word) {
      return OnDelete.Kind.valueOf(word.asString("").toUpperCase(Locale.ROOT));
    }

    private @Nullable String digest(JsonNode node) {
      return node.path("digest").isString() ? node.path("digest").stringValue() : null;
    }

    private List<String> strings(JsonNode array) {
      List<String> strings = new ArrayList<>();
      array.forEach(s -> strings.add(s.asString("")));
      return strings;
    }

    private TableId table(JsonNode name) {
      // Exactly as written: letter case was settled when the plan was made.
      List<String> parts = Names.split(name.asString("?"));
      String schema =
          parts.size() == 2
              ? parts.get(0)
              : decisions.catalog().searchPath().stream().findFirst().orElse("");
      TableId id = new TableId(schema, parts.get(parts.size() - 1));
      if (!decisions.catalog().tables().containsKey(id)) {
        throw new StalePlanException(
            List.of("there is no table " + name.asString("?") + " any more"));
      }
      return id;
    }

    private Relation relation(JsonNode name) {
      Relation relation = relations.get(name.asString(""));
      if (relation == null) {
        throw new StalePlanException(
            List.of("there is no relation " + name.asString("?") + " any more"));
      }
      return relation;
    }
  }
}
