package org.lethe.subject.request;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.Information;
import org.lethe.subject.Key;
import org.lethe.subject.Settled;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Proof of what was done about a request, without saying for whom: neither the person nor those who
 * worked on it are in it, and texts that people typed are not either. Immutable.
 *
 * @param issued when
 * @param controller who is responsible; null where the policy does not say
 * @param policyHash of the policy under which it was done
 */
public record Certificate(
    Request request,
    List<Step> steps,
    List<Settled> outcomes,
    Instant issued,
    @Nullable String controller,
    String policyHash) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Certificate {
    steps = List.copyOf(steps);
    outcomes = List.copyOf(outcomes);
  }

  static Certificate of(
      Request request,
      List<Step> steps,
      List<Settled> outcomes,
      Instant issued,
      Information information,
      String policyHash) {
    return new Certificate(request, steps, outcomes, issued, information.controller(), policyHash);
  }

  /**
   * As JSON, with a seal that only the holder of the key can have made.
   *
   * @param key makes the seal
   */
  public String json(Key key) {
    ObjectNode json = content();
    json.put("seal", seal(key));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
  }

  /** What only the holder of the key can have made of this content. */
  String seal(Key key) {
    return key.hash("certificate", JSON.writeValueAsString(content()));
  }

  /** Whether a certificate is one of ours, as it was issued. */
  public static boolean verify(String json, Key key) {
    if (!(JSON.readTree(json) instanceof ObjectNode node)) {
      return false;
    }
    String seal = node.path("seal").asString("");
    node.remove("seal");
    return seal.equals(key.hash("certificate", JSON.writeValueAsString(node)));
  }

  private ObjectNode content() {
    ObjectNode json = JSON.createObjectNode();
    json.put("version", 1);
    json.put("request", request.id().toString());
    json.put("number", request.number());
    json.put("kind", request.kind().word());
    json.put("subject", request.subjectType());
    json.put("state", request.state().word());
    json.put("law", request.law().name());
    json.put("received", request.received().toString());
    json.put("due", request.due().toString());
    json.put("settled", request.settled() == null ? null : request.settled().toString());
    json.put("issued", issued.toString());
    json.put("controller", controller);
    json.put("policy", policyHash);
    ArrayNode history = json.putArray("steps");
    for (Step step : steps) {
      ObjectNode one = history.addObject();
      one.put("at", step.at().toString());
      one.put("state", step.to().word());
    }
    json.set("outcomes", JSON.readTree(PlanText.outcomes(outcomes)));
    return json;
  }

  /** As a page that prints well. */
  public String html(Key key) {
    return CertificatePage.of(this, key);
  }
}
