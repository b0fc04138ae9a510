package org.lethe.policy;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds a document against the policy's JSON Schema. Stateless. */
final class SchemaCheck {

  private SchemaCheck() {}

  /** Reading the schema takes a while; only those who have a policy pay for it. */
  private static final class Holder {
    static final JsonNode TEXT = JsonMapper.shared().readTree(text());
    static final Schema SCHEMA =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(TEXT);
  }

  /** The schema itself, to be laid beside a policy for editors. */
  static String text() {
    try (InputStream in = SchemaCheck.class.getResourceAsStream(PolicyReader.JSON_SCHEMA_FILE)) {
      if (in == null) {
        throw new IllegalStateException(
            PolicyReader.JSON_SCHEMA_FILE + " is not in the class path");
      }
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds what is wrong with the document to {@code faults}. */
  static void check(YamlNode document, Faults faults) {
    Set<String> seen = new HashSet<>();
    SchemaMessages messages = new SchemaMessages(Holder.TEXT);
    for (Error error : Holder.SCHEMA.validate(document.json())) {
      Found found = find(document, error);
      SchemaMessages.Message message = messages.of(error, found.node());
      // A value of the wrong sort also breaks what is asked of the right sort: say it once.
      if (message != null && seen.add(found.place() + found.path())) {
        faults.add(found.place(), found.path(), message.text(), message.fix());
      }
    }
  }

  /** What an error is about, and where it stands. */
  private record Found(YamlNode node, Policy.Place place, String path) {}

  private static Found find(YamlNode document, Error error) {
    Found found = new Found(document, document.place(), "");
    NodePath path = error.getInstanceLocation();
    for (int i = 0; i < path.getNameCount(); i++) {
      found = step(found, String.valueOf(path.getElement(i)));
    }
    boolean aboutKey = "additionalProperties".equals(error.getKeyword());
    return aboutKey && error.getProperty() != null ? step(found, error.getProperty()) : found;
  }

  private static Found step(Found at, String name) {
    if (at.node() instanceof YamlNode.Mapping mapping) {
      YamlNode.Member member = mapping.members().get(name);
      if (member != null) {
        String path = at.path().isEmpty() ? name : at.path() + "." + name;
        return new Found(member.value(), member.place(), path);
      }
    } else if (at.node() instanceof YamlNode.Sequence sequence) {
      List<YamlNode> items = sequence.items();
      int index = Integer.parseInt(name);
      if (index < items.size()) {
        YamlNode item = items.get(index);
        return new Found(item, item.place(), at.path() + "[" + index + "]");
      }
    }
    return at;
  }
}
