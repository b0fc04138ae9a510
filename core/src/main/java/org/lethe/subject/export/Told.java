package org.lethe.subject.export;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.Information;
import org.lethe.policy.SubjectType;
import org.lethe.schema.TableId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a person is told with their data (GDPR article 15(1) and (2)), as a page and as JSON. */
final class Told {

  private static final String UNSAID = "not stated here; ask the controller";

  /** Article 15(1)(e) and (f), and what articles 16 to 22 and 77 give. */
  private static final List<String> RIGHTS =
      List.of(
          "to have wrong data corrected (article 16)",
          "to have data erased, unless a law wants it kept (article 17)",
          "to have its use restricted (article 18)",
          "to receive what you provided in a form that others can read (article 20)",
          "to object to its use (article 21)",
          "to withdraw a consent at any time (article 7(3))",
          "to complain to a supervisory authority (article 77)");

  private final Facts facts;
  private final SubjectType type;
  private final Set<TableId> tables;

  Told(Facts facts, SubjectType type) {
    this.facts = facts;
    this.type = type;
    this.tables = facts.tablesOf(type);
  }

  ObjectNode json() {
    Information said = facts.information();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("subject", type.name());
    json.put("controller", said.controller());
    json.put("data_protection_officer", said.officer());
    json.put("supervisory_authority", said.authority());
    json.set("purposes", purposes(facts, tables));
    json.set("categories", list(facts.categories(tables)));
    json.set("recipients", recipients(said.recipients()));
    json.set("kept_by_law", kept(facts, tables));
    ArrayNode rights = json.putArray("rights");
    RIGHTS.forEach(rights::add);
    return json;
  }

  static ArrayNode purposes(Facts facts, Set<TableId> within) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Information.Purpose purpose : facts.information().purposes()) {
      List<TableId> tables = purpose.tables().stream().filter(within::contains).toList();
      if (!tables.isEmpty() || purpose.tables().isEmpty()) {
        ObjectNode node = all.addObject();
        node.put("purpose", purpose.name());
        node.put("basis", purpose.basis());
        node.set("tables", list(facts.names(tables)));
        node.set("categories", list(facts.categories(tables)));
        node.set("recipients", list(purpose.recipients()));
        node.put("kept", purpose.kept());
        node.put("source", purpose.source());
      }
    }
    return all;
  }

  static ArrayNode recipients(List<Information.Recipient> recipients) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Information.Recipient recipient : recipients) {
      all.addObject()
          .put("name", recipient.name())
          .put("who", recipient.who())
          .put("country", recipient.country())
          .put("safeguard", recipient.safeguard());
    }
    return all;
  }

  static ArrayNode kept(Facts facts, Set<TableId> tables) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Facts.Kept kept : facts.kept(tables)) {
      all.addObject()
          .put("what", kept.what())
          .put("for", kept.period())
          .put("ground", kept.ground())
          .put("law", kept.law());
    }
    return all;
  }

  static ArrayNode list(Iterable<String> texts) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    texts.forEach(list::add);
    return list;
  }

  void html(Html html, String footer) {
    Information said = facts.information();
    html.start("About this data").raw("<header>").element("h1", "About this data");
    html.element("p class=\"lead\"", "What you have a right to know (GDPR article 15).");
    html.raw("<p>").link(Pages.INDEX, "Your data").raw("</p></header>\n<section>\n");
    html.raw("<dl class=\"facts\">\n");
    fact(html, "Responsible", said.controller());
    fact(html, "Whom to turn to", said.officer());
    fact(html, "Where to complain", said.authority());
    html.raw("</dl>\n</section>\n");
    purposes(html);
    section(html, "What sort of data", List.copyOf(facts.categories(tables)));
    recipientList(html, facts);
    keptList(html, facts, tables);
    section(html, "Your rights", RIGHTS);
    html.raw("<section>").element("h2", "Decisions by machines");
    html.element(
        "p",
        "Whether anything about you is decided by a machine alone (article 22) is " + UNSAID + ".");
    html.raw("</section>\n");
    html.end(footer);
  }

  private void purposes(Html html) {
    html.raw("<section>").element("h2", "What it is for");
    List<Information.Purpose> purposes =
        facts.information().purposes().stream()
            .filter(p -> p.tables().isEmpty() || p.tables().stream().anyMatch(tables::contains))
            .toList();
    if (purposes.isEmpty()) {
      html.element("p", UNSAID);
    }
    html.raw("<div class=\"cards\">\n");
    for (Information.Purpose purpose : purposes) {
      html.raw("<article>").element("h3", purpose.name()).raw("<dl>");
      fact(html, "Allowed by", Facts.basis(purpose.basis()));
      fact(html, "Kept", purpose.kept());
      fact(html, "Source", purpose.source());
      List<TableId> used = purpose.tables().stream().filter(tables::contains).toList();
      fact(html, "Data", String.join(", ", facts.categories(used)));
      fact(
          html,
          "Recipients",
          purpose.recipients().isEmpty()
              ? "none are named"
              : String.join(
                  "; ",
                  facts.recipients(purpose).stream().map(Information.Recipient::who).toList()));
      html.raw("</dl></article>\n");
    }
    html.raw("</div></section>\n");
  }

  static void recipientList(Html html, Facts facts) {
    html.raw("<section>").element("h2", "Who else gets it");
    if (facts.information().recipients().isEmpty()) {
      html.element("p", "No recipients are named.");
    }
    html.raw("<ul>\n");
    for (Information.Recipient recipient : facts.information().recipients()) {
      String country = recipient.country() == null ? "" : ", " + recipient.country();
      String safeguard =
          recipient.safeguard() == null ? "" : " (protected by " + recipient.safeguard() + ")";
      html.element("li", recipient.who() + country + safeguard);
    }
    html.raw("</ul></section>\n");
  }

  static void keptList(Html html, Facts facts, Set<TableId> tables) {
    List<String> lines =
        facts.kept(tables).stream()
            .map(
                k ->
                    "%s: %s, by article %s GDPR%s"
                        .formatted(
                            k.what(),
                            k.period(),
                            k.ground(),
                            k.law() == null ? "" : ", " + k.law()))
            .toList();
    section(
        html,
        "What the law wants kept",
        lines.isEmpty() ? List.of("no such period is named") : lines);
  }

  static void section(Html html, String heading, List<String> items) {
    html.raw("<section>").element("h2", heading).raw("<ul>\n");
    items.forEach(i -> html.element("li", i).raw("\n"));
    html.raw("</ul></section>\n");
  }

  static void fact(Html html, String what, @Nullable String text) {
    html.raw("<div>").element("dt", what);
    html.element("dd", text == null || text.isEmpty() ? UNSAID : text).raw("</div>\n");
  }
}
