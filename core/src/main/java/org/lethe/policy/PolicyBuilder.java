package org.lethe.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Policy} of a document that the schema has found in order. */
final class PolicyBuilder {

  private final YamlNode.Mapping root;

  PolicyBuilder(YamlNode.Mapping root) {
    this.root = root;
  }

  Policy build(String source) {
    List<Policy.LinkEntry> links = new ArrayList<>();
    for (YamlNode link : items(root, "links")) {
      links.add(link((YamlNode.Mapping) link));
    }
    return new Policy(
        source,
        references(root, "schemas").stream()
            .map(r -> new Policy.SchemaEntry(r.place(), r.name()))
            .toList(),
        trash(member(root, "trash")),
        entries(root, "tables", PolicyBuilder::table),
        entries(root, "relations", PolicyBuilder::relation),
        links,
        entries(root, "subjects", PolicyBuilder::subject),
        entries(root, "rules", PolicyBuilder::rule),
        DataBuilder.stores(root),
        DataBuilder.information(root),
        DataBuilder.requests(root),
        DataBuilder.mail(root),
        AccountsBuilder.accounts(member(root, "accounts")),
        references(root, "second_person").stream()
            .map(r -> SecondPerson.valueOf(r.name().toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet()),
        CanonicalHash.of(root));
  }

  private static Policy.TableEntry table(Policy.Place place, YamlNode node) {
    return new Policy.TableEntry(
        place,
        reference(node, "label"),
        entries(node, "columns", DataBuilder::column),
        trash(member(node, "trash")),
        DataBuilder.erasure(node),
        DataBuilder.retain(member(node, "retain")),
        DataBuilder.portable(node));
  }

  private static Policy.@Nullable TrashEntry trash(@Nullable YamlNode node) {
    return node == null
        ? null
        : new Policy.TrashEntry(
            node.place(),
            "flag".equals(text(node, "strategy")),
            reference(node, "keep"),
            reference(node, "deleted"),
            reference(node, "deleted_at"),
            reference(node, "deletion_id"));
  }

  private static Policy.RelationEntry relation(Policy.Place place, YamlNode node) {
    if (node instanceof YamlNode.Scalar) {
      return new Policy.RelationEntry(place, onDelete(node), null);
    }
    // { set: 0 } and { reassign: 7 } are short forms as the bare words are.
    YamlNode onDelete =
        member(node, "set") == null && member(node, "reassign") == null
            ? member(node, "on_delete")
            : node;
    return new Policy.RelationEntry(place, onDelete(onDelete), ownership(node));
  }

  private static Policy.LinkEntry link(YamlNode.Mapping node) {
    return new Policy.LinkEntry(
        node.place(),
        required(node, "from"),
        required(node, "to"),
        text(node, "path"),
        text(node, "normalise"),
        onDelete(member(node, "on_delete")),
        ownership(node));
  }

  private static Policy.SubjectEntry subject(Policy.Place place, YamlNode node) {
    return new Policy.SubjectEntry(place, required(node, "table"), references(node, "identify_by"));
  }

  private static Policy.RuleEntry rule(Policy.Place place, YamlNode node) {
    List<Policy.AgeEntry> olderThan = new ArrayList<>();
    if (member(node, "older_than") instanceof YamlNode.Mapping mapping) {
      mapping
          .members()
          .forEach(
              (k, m) ->
                  olderThan.add(
                      new Policy.AgeEntry(
                          new Policy.Reference(m.place(), k),
                          ((YamlNode.Scalar) m.value()).text())));
    }
    return new Policy.RuleEntry(
        place,
        required(node, "table"),
        reference(node, "where"),
        olderThan,
        required(node, "every"),
        required(node, "action"),
        references(node, "take"));
  }

  private static @Nullable OnDelete onDelete(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    if (node instanceof YamlNode.Scalar word) {
      return new OnDelete(kind(word.text()), List.of());
    }
    YamlNode set = member(node, "set");
    YamlNode reassign = member(node, "reassign");
    if (set != null) {
      return new OnDelete(OnDelete.Kind.SET, values(set));
    }
    return reassign == null ? null : new OnDelete(OnDelete.Kind.REASSIGN, values(reassign));
  }

  private static OnDelete.Kind kind(String word) {
    return OnDelete.Kind.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static @Nullable Ownership ownership(YamlNode node) {
    String word = text(node, "owner");
    return word == null ? null : Ownership.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static List<@Nullable String> values(YamlNode node) {
    List<@Nullable String> values = new ArrayList<>();
    if (node instanceof YamlNode.Sequence sequence) {
      sequence.items().forEach(i -> values.add(value(i)));
    } else {
      values.add(value(node));
    }
    return values;
  }

  static @Nullable String value(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && !scalar.json().isNull() ? scalar.text() : null;
  }

  static <V> Map<String, V> entries(
      YamlNode node, String key, BiFunction<Policy.Place, YamlNode, V> entry) {
    Map<String, V> entries = new LinkedHashMap<>();
    if (member(node, key) instanceof YamlNode.Mapping mapping) {
      mapping.members().forEach((k, m) -> entries.put(k, entry.apply(m.place(), m.value())));
    }
    return entries;
  }

  static List<YamlNode> items(YamlNode node, String key) {
    return member(node, key) instanceof YamlNode.Sequence sequence ? sequence.items() : List.of();
  }

  static List<Policy.Reference> references(YamlNode node, String key) {
    List<Policy.Reference> references = new ArrayList<>();
    for (YamlNode item : items(node, key)) {
      references.add(new Policy.Reference(item.place(), ((YamlNode.Scalar) item).text()));
    }
    return references;
  }

  static Policy.@Nullable Reference reference(YamlNode node, String key) {
    YamlNode value = member(node, key);
    String text = value == null ? null : value(value);
    return value == null || text == null ? null : new Policy.Reference(value.place(), text);
  }

  static Policy.Reference required(YamlNode node, String key) {
    Policy.Reference reference = reference(node, key);
    if (reference == null) {
      throw new IllegalStateException("the schema lets " + key + " be missing");
    }
    return reference;
  }

  static @Nullable String text(YamlNode node, String key) {
    YamlNode value = member(node, key);
    return value == null ? null : value(value);
  }

  static @Nullable YamlNode member(YamlNode node, String key) {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      return null;
    }
    YamlNode.Member member = mapping.members().get(key);
    return member == null ? null : member.value();
  }
}
