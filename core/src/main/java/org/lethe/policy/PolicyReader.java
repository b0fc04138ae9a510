package org.lethe.policy;

import java.util.ArrayList;
import java.util.List;

/** Reads a policy from its YAML text, reporting every fault at once. Stateless. */
public final class PolicyReader {

  /** The name under which policies refer to {@link #jsonSchema()}. */
  public static final String JSON_SCHEMA_FILE = "lethe.schema.json";

  private PolicyReader() {}

  /**
   * Reads one.
   *
   * @param source the file's name, for messages
   * @throws PolicyException if the text is not YAML or breaks the policy's JSON Schema; carries all
   *     faults with line and column
   */
  public static Policy read(String source, String yaml) {
    List<PolicyFinding> broken = new ArrayList<>();
    YamlNode root = YamlTree.read(yaml, broken);
    Faults faults = new Faults();
    broken.forEach(faults::add);
    if (root != null) {
      SchemaCheck.check(root, faults);
    } else if (broken.isEmpty()) {
      faults.add(new Policy.Place(1, 1), "", "the policy is empty", "start it with version: 1");
    }
    faults.throwIfAny(source);
    if (root instanceof YamlNode.Mapping mapping) {
      return new PolicyBuilder(mapping).build(source);
    }
    throw new IllegalStateException("the schema lets a policy be something other than a mapping");
  }

  /** The policy's JSON Schema, for editors to complete and check policies by. */
  public static String jsonSchema() {
    return SchemaCheck.text();
  }
}
