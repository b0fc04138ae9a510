package org.lethe.policy;

import java.util.TreeMap;
import org.lethe.hash.Fingerprint;
import tools.jackson.core.io.JsonStringEncoder;

/** Hashes what a document says: keys sorted, no layout, no comments. */
final class CanonicalHash {

  private CanonicalHash() {}

  /** SHA-256 in hex. */
  static String of(YamlNode document) {
    StringBuilder json = new StringBuilder();
    write(document, json);
    return Fingerprint.of(json.toString());
  }

  private static void write(YamlNode node, StringBuilder json) {
    if (node instanceof YamlNode.Mapping mapping) {
      char before = '{';
      for (var member : new TreeMap<>(mapping.members()).entrySet()) {
        json.append(before);
        string(member.getKey(), json);
        json.append(':');
        write(member.getValue().value(), json);
        before = ',';
      }
      json.append(before == '{' ? "{}" : "}");
    } else if (node instanceof YamlNode.Sequence sequence) {
      char before = '[';
      for (YamlNode item : sequence.items()) {
        json.append(before);
        write(item, json);
        before = ',';
      }
      json.append(before == '[' ? "[]" : "]");
    } else if (node instanceof YamlNode.Scalar scalar) {
      if (scalar.json().isString()) {
        string(scalar.text(), json);
      } else if (scalar.json().isNull()) {
        json.append("null");
      } else {
        // As written: 1.0 and 1.00 differ as the value of a column.
        json.append(scalar.text());
      }
    }
  }

  private static void string(String text, StringBuilder json) {
    json.append('"').append(JsonStringEncoder.getInstance().quoteAsCharArray(text)).append('"');
  }
}
