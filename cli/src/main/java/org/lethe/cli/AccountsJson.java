package org.lethe.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Account;
import org.lethe.account.Departure;
import org.lethe.account.DepartureReport;
import org.lethe.account.PlannedDeparture;
import org.lethe.account.Reactivation;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Accounts and departures as JSON; times in UTC. */
final class AccountsJson {

  private AccountsJson() {}

  static ObjectNode account(Account a) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("account", a.id().text());
    json.put("login", a.login());
    json.put("name", a.name());
    json.put("email", a.email());
    json.put("active", a.active());
    json.put("staff", a.staff());
    json.put("superuser", a.superuser());
    json.put("joined", time(a.joined()));
    json.put("last_login", time(a.lastLogin()));
    return json;
  }

  private static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static ObjectNode plan(PlannedDeparture p) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("plan", p.id());
    json.put("account", p.account().text());
    json.put("offboard", p.offboard());
    json.put("due", time(p.due()));
    json.put("by", p.by());
    json.put("reason", p.why());
    return json;
  }

  static ObjectNode report(DepartureReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode done = json.putArray("done");
    report.done().forEach(d -> done.add(departure(d)));
    ObjectNode refused = json.putObject("refused");
    report.refused().forEach((id, why) -> refused.put(id.text(), why));
    ArrayNode unended = json.putArray("unended");
    report.unended().forEach(unended::add);
    return json;
  }

  private static ObjectNode departure(Departure d) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("account", d.account().text());
    json.put("kind", d.kind().name().toLowerCase(Locale.ROOT));
    json.put("at", time(d.at()));
    json.put("by", d.by());
    json.put("reason", d.why());
    json.put("sessions", d.sessions());
    json.put("tokens", d.tokens());
    ArrayNode groups = json.putArray("groups");
    d.taken().groups().forEach(g -> groups.add(g.name()));
    ArrayNode permissions = json.putArray("permissions");
    d.taken().permissions().forEach(permissions::add);
    json.put("staff", d.taken().staff());
    json.put("superuser", d.taken().superuser());
    return json;
  }

  static ObjectNode reactivation(Reactivation r) {
    ObjectNode json = account(r.account());
    ArrayNode groups = json.putArray("groups");
    r.groups().forEach(groups::add);
    ArrayNode permissions = json.putArray("permissions");
    r.permissions().forEach(permissions::add);
    ArrayNode changed = json.putArray("changed_meanwhile");
    r.changedMeanwhile().forEach(changed::add);
    return json;
  }
}
