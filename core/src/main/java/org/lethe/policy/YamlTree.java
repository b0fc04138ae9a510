package org.lethe.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads YAML into {@link YamlNode}s; the places are why no data binding is used. */
final class YamlTree {

  /** No policy comes near; a few aliases of aliases can. */
  private static final int MOST_NODES = 500_000;

  private static final int DEEPEST = 100;

  private static final YAMLFactory FACTORY =
      YAMLFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private final YAMLParser parser;
  private final List<PolicyFinding> findings;
  private final Map<String, YamlNode> anchors = new HashMap<>();
  private int nodes;

  private YamlTree(YAMLParser parser, List<PolicyFinding> findings) {
    this.parser = parser;
    this.findings = findings;
  }

  /** Stops the reading; what is wrong is already among the findings. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Reads a document.
   *
   * @param findings receives what is wrong
   * @return null if the text is no YAML or is empty; the former also leaves a finding
   */
  static @Nullable YamlNode read(String yaml, List<PolicyFinding> findings) {
    try (YAMLParser parser = (YAMLParser) FACTORY.createParser(ObjectReadContext.empty(), yaml)) {
      return new YamlTree(parser, findings).document();
    } catch (Stop e) {
      return null;
    } catch (JacksonException e) {
      findings.add(YamlFaults.describe(e));
      return null;
    }
  }

  private @Nullable YamlNode document() {
    if (parser.nextToken() == null) {
      return null;
    }
    YamlNode root = value("");
    if (parser.nextToken() != null) {
      findings.add(
          finding(
              place(),
              "",
              "a second YAML document starts here; a policy is one document",
              "remove the line --- and what follows it"));
    }
    return root;
  }

  /** The value that starts at the current token. */
  private YamlNode value(String path) {
    if (++nodes > MOST_NODES) {
      stop(path, "the file is too large for a policy: more than " + MOST_NODES + " values");
    }
    if (parser.isCurrentAlias()) {
      return alias(path);
    }
    Object anchor = parser.getObjectId();
    JsonToken token = parser.currentToken();
    YamlNode node =
        switch (token) {
          case START_OBJECT -> mapping(path);
          case START_ARRAY -> sequence(path);
          default -> new YamlNode.Scalar(place(), text(), scalar(token));
        };
    if (anchor != null) {
      anchors.put(anchor.toString(), node);
    }
    return node;
  }

  private YamlNode alias(String path) {
    String name = parser.getString();
    YamlNode node = anchors.get(name);
    if (node == null) {
      throw stop(path, "the alias *" + name + " has no anchor &" + name + " before it");
    }
    nodes += node.size();
    return node;
  }

  private YamlNode mapping(String path) {
    Policy.Place start = place();
    Map<String, YamlNode.Member> members = new LinkedHashMap<>();
    int size = 1;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      Policy.Place keyPlace = place();
      String keyPath = path.isEmpty() ? key : path + "." + key;
      parser.nextToken();
      YamlNode value = value(keyPath);
      YamlNode.Member first = members.putIfAbsent(key, new YamlNode.Member(keyPlace, value));
      if (first != null) {
        findings.add(
            finding(
                keyPlace,
                keyPath,
                "the key is here twice; the first is in line " + first.place().line(),
                "keep one of the two"));
      }
      size += value.size();
    }
    return new YamlNode.Mapping(start, members, size);
  }

  private YamlNode sequence(String path) {
    Policy.Place start = place();
    List<YamlNode> items = new ArrayList<>();
    int size = 1;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      YamlNode item = value(path + "[" + items.size() + "]");
      items.add(item);
      size += item.size();
    }
    return new YamlNode.Sequence(start, items, size);
  }

  private String text() {
    String text = parser.getString();
    return text == null ? "" : text;
  }

  private JsonNode scalar(JsonToken token) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (token) {
      case VALUE_NULL -> json.nullNode();
      case VALUE_TRUE -> json.booleanNode(true);
      case VALUE_FALSE -> json.booleanNode(false);
      case VALUE_NUMBER_INT -> json.numberNode(new BigInteger(parser.getNumberValue().toString()));
      case VALUE_NUMBER_FLOAT -> decimal(json);
      default -> json.stringNode(text());
    };
  }

  private JsonNode decimal(JsonNodeFactory json) {
    try {
      return json.numberNode(new BigDecimal(parser.getNumberValue().toString()));
    } catch (NumberFormatException e) {
      // .nan and .inf are numbers to YAML alone.
      return json.stringNode(text());
    }
  }

  private Policy.Place place() {
    TokenStreamLocation location = parser.currentTokenLocation();
    return new Policy.Place(location.getLineNr(), location.getColumnNr());
  }

  private Stop stop(String path, String message) {
    findings.add(finding(place(), path, message, null));
    throw new Stop();
  }

  private static PolicyFinding finding(
      Policy.Place place, String path, String message, @Nullable String fix) {
    return new PolicyFinding(place.line(), place.column(), path, message, fix);
  }
}
