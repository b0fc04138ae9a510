package org.lethe.subject.export;

import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.lethe.policy.Decisions;
import org.lethe.policy.Information;
import org.lethe.policy.SubjectType;
import org.lethe.schema.TableId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The record of processing activities (GDPR article 30(1)), from the same policy that decides what
 * becomes of the data. Holds no data of anybody.
 */
public final class ProcessingRecord {

  private final Facts facts;
  private final Decisions decisions;
  private final Set<TableId> tables = new LinkedHashSet<>();

  public ProcessingRecord(Decisions decisions) {
    this.decisions = decisions;
    this.facts = new Facts(decisions);
    facts.subjects().forEach(s -> tables.addAll(facts.tablesOf(s)));
  }

  /** What the record should hold that the policy does not say; empty if nothing is missing. */
  public List<String> gaps() {
    return facts.gaps();
  }

  public ObjectNode json() {
    Information said = facts.information();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("controller", said.controller());
    json.put("data_protection_officer", said.officer());
    ArrayNode people = json.putArray("data_subjects");
    for (SubjectType type : facts.subjects()) {
      ObjectNode node = people.addObject();
      node.put("name", type.name());
      node.set("tables", Told.list(facts.names(facts.tablesOf(type))));
      node.set("categories", Told.list(facts.categories(facts.tablesOf(type))));
    }
    json.set("activities", Told.purposes(facts, tables));
    json.set("recipients", Told.recipients(said.recipients()));
    json.set("kept_by_law", Told.kept(facts, tables));
    json.set("places", Told.list(facts.stores()));
    json.set("gaps", Told.list(facts.gaps()));
    json.put("policy", decisions.policyHash());
    return json;
  }

  /** A page to print; does not close the stream. */
  public void html(OutputStream out) {
    Information said = facts.information();
    Html html = new Html(out).start("Record of processing activities");
    html.raw("<header>").element("h1", "Record of processing activities");
    html.element("p class=\"lead\"", "GDPR article 30(1)").raw("</header>\n");
    if (!facts.gaps().isEmpty()) {
      html.raw("<section><div class=\"alert\">").element("p", "The policy does not say yet:");
      html.raw("<ul>");
      facts.gaps().forEach(g -> html.element("li", g));
      html.raw("</ul></div></section>\n");
    }
    html.raw("<section><dl>\n");
    Told.fact(html, "Controller", said.controller());
    Told.fact(html, "Data protection officer", said.officer());
    html.raw("</dl></section>\n<section>").element("h2", "Whose data");
    html.raw("<div class=\"cards\">\n");
    for (SubjectType type : facts.subjects()) {
      html.raw("<article>").element("h3", Words.heading(type.name())).raw("<dl>");
      Told.fact(html, "Sorts of data", String.join(", ", facts.categories(facts.tablesOf(type))));
      Told.fact(html, "Tables", String.join(", ", facts.names(facts.tablesOf(type))));
      html.raw("</dl></article>\n");
    }
    html.raw("</div></section>\n<section>").element("h2", "What it is for");
    html.raw("<div class=\"cards\">\n");
    for (Information.Purpose purpose : said.purposes()) {
      html.raw("<article>").element("h3", purpose.name()).raw("<dl>");
      Told.fact(html, "Basis", Facts.basis(purpose.basis()));
      Told.fact(html, "Time limit", purpose.kept());
      Told.fact(html, "Source", purpose.source());
      Told.fact(html, "Sorts of data", String.join(", ", facts.categories(purpose.tables())));
      Told.fact(html, "Tables", String.join(", ", facts.names(purpose.tables())));
      Told.fact(html, "Recipients", String.join(", ", purpose.recipients()));
      html.raw("</dl></article>\n");
    }
    html.raw("</div></section>\n");
    Told.recipientList(html, facts);
    Told.keptList(html, facts, tables);
    Told.section(
        html,
        "How long deleted rows can be brought back",
        facts.trash(tables).entrySet().stream()
            .map(e -> e.getKey() + ": " + String.join(", ", e.getValue()))
            .toList());
    List<String> places = List.copyOf(facts.stores());
    Told.section(html, "Places outside the database", places.isEmpty() ? List.of("none") : places);
    html.end(
        "From the policy "
            + decisions.policyHash()
            + ". Security measures (article 30(1)(g)) are described elsewhere.");
  }
}
