package org.lethe.policy;

import static org.lethe.policy.PolicyBuilder.entries;
import static org.lethe.policy.PolicyBuilder.member;
import static org.lethe.policy.PolicyBuilder.reference;
import static org.lethe.policy.PolicyBuilder.references;
import static org.lethe.policy.PolicyBuilder.required;
import static org.lethe.policy.PolicyBuilder.text;

import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the parts of a {@link Policy} that are about people's data. */
final class DataBuilder {

  private DataBuilder() {}

  static Policy.ColumnEntry column(Policy.Place place, YamlNode node) {
    String category = text(node, "category");
    YamlNode erase = member(node, "erase");
    return new Policy.ColumnEntry(
        place,
        category == null ? null : Category.valueOf(category.toUpperCase(Locale.ROOT)),
        export(member(node, "export")),
        erase == null ? null : new Policy.TreatmentEntry(erase.place(), treatment(erase)),
        portable(node),
        retain(member(node, "retain")));
  }

  static @Nullable Erasure erasure(YamlNode node) {
    String word = text(node, "erase");
    return word == null ? null : Erasure.valueOf(word.toUpperCase(Locale.ROOT));
  }

  static @Nullable Portable portable(YamlNode node) {
    String word = text(node, "portable");
    return word == null ? null : Portable.valueOf(word.toUpperCase(Locale.ROOT));
  }

  static Policy.@Nullable RetainEntry retain(@Nullable YamlNode node) {
    return node == null
        ? null
        : new Policy.RetainEntry(
            node.place(),
            required(node, "for"),
            required(node, "from"),
            required(node, "ground").name(),
            text(node, "law"),
            references(node, "with"));
  }

  private static Policy.@Nullable ExportEntry export(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    if (node instanceof YamlNode.Scalar word) {
      ExportRule rule = word.text().equals("never") ? ExportRule.NEVER : ExportRule.YES;
      return new Policy.ExportEntry(node.place(), rule, null);
    }
    YamlNode how = member(node, "transform");
    if (how == null || how instanceof YamlNode.Scalar) {
      ExportRule mask = new ExportRule(false, null, null, null, MASK, null);
      return new Policy.ExportEntry(node.place(), mask, null);
    }
    YamlNode mask = member(how, "mask");
    return new Policy.ExportEntry(
        node.place(),
        new ExportRule(
            false,
            text(how, "rename"),
            text(how, "format"),
            null,
            mask == null ? null : mask(mask),
            text(how, "with")),
        reference(how, "look_up"));
  }

  private static final Treatment.Mask MASK = new Treatment.Mask(1, 0);

  private static Treatment treatment(YamlNode node) {
    if (node instanceof YamlNode.Mapping mapping) {
      Map.Entry<String, YamlNode.Member> only = mapping.members().entrySet().iterator().next();
      return treatment(only.getKey(), only.getValue().value());
    }
    String word = PolicyBuilder.value(node);
    return word == null ? new Treatment.SetNull() : treatment(word, null);
  }

  private static Treatment treatment(String word, @Nullable YamlNode how) {
    String said = how == null ? null : PolicyBuilder.value(how);
    return switch (word) {
      case "null" -> new Treatment.SetNull();
      case "delete_row" -> new Treatment.DeleteRow();
      case "constant" -> said == null ? new Treatment.SetNull() : new Treatment.Constant(said);
      case "placeholder" ->
          new Treatment.Placeholder(said == null ? Treatment.Placeholder.USUAL : said);
      case "fake" ->
          new Treatment.Fake(
              Treatment.Fake.Kind.valueOf(String.valueOf(said).toUpperCase(Locale.ROOT)));
      case "hash" -> new Treatment.Hash();
      case "hmac" -> new Treatment.Hmac();
      case "mask" -> how == null ? MASK : mask(how);
      case "generalise" -> new Treatment.Generalise(generalise(String.valueOf(said)));
      case "path" -> edits(how);
      case "redact" -> redact(how);
      default ->
          new Treatment.Keep(
              how == null ? null : text(how, "ground"), how == null ? null : text(how, "law"));
    };
  }

  private static Treatment.Mask mask(YamlNode node) {
    return node instanceof YamlNode.Scalar
        ? MASK
        : new Treatment.Mask(number(node, "first", 0), number(node, "last", 0));
  }

  private static int number(YamlNode node, String key, int otherwise) {
    String text = text(node, key);
    return text == null ? otherwise : Integer.parseInt(text);
  }

  private static Treatment.Generalise.To generalise(String word) {
    return switch (word) {
      case "month", "year", "decade" ->
          Treatment.Generalise.Calendar.valueOf(word.toUpperCase(Locale.ROOT));
      case "network" -> new Treatment.Generalise.Network();
      default -> new Treatment.Generalise.Steps(Integer.parseInt(word));
    };
  }

  private static Treatment edits(@Nullable YamlNode node) {
    Map<String, Treatment> edits = new LinkedHashMap<>();
    if (node instanceof YamlNode.Mapping mapping) {
      mapping.members().forEach((path, member) -> edits.put(path, treatment(member.value())));
    }
    return new Treatment.Edits(edits);
  }

  private static Treatment redact(@Nullable YamlNode node) {
    List<String> patterns = new ArrayList<>();
    YamlNode list = node instanceof YamlNode.Mapping ? member(node, "patterns") : node;
    if (list instanceof YamlNode.Sequence sequence) {
      sequence.items().forEach(i -> patterns.add(((YamlNode.Scalar) i).text()));
    } else if (list instanceof YamlNode.Scalar one) {
      patterns.add(one.text());
    }
    String with = node == null ? null : text(node, "with");
    return new Treatment.Redact(patterns, with == null ? Treatment.Redact.USUAL : with);
  }

  static List<StoreRule> stores(YamlNode root) {
    List<StoreRule> stores = new ArrayList<>();
    if (member(root, "stores") instanceof YamlNode.Mapping mapping) {
      mapping.members().forEach((name, member) -> stores.add(store(name, member.value())));
    }
    return stores;
  }

  static StoreRule store(String name, YamlNode node) {
    Map<String, @Nullable Object> settings = new LinkedHashMap<>();
    ((YamlNode.Mapping) node).members().forEach((k, m) -> settings.put(k, plain(m.value())));
    // What a store is stands first, by custom and by the schema.
    String kind = settings.keySet().iterator().next();
    return new StoreRule(name, kind, settings);
  }

  private static @Nullable Object plain(YamlNode node) {
    if (node instanceof YamlNode.Mapping mapping) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      mapping.members().forEach((k, m) -> map.put(k, plain(m.value())));
      return map;
    }
    if (node instanceof YamlNode.Sequence sequence) {
      List<@Nullable Object> list = new ArrayList<>();
      sequence.items().forEach(i -> list.add(plain(i)));
      return list;
    }
    var json = ((YamlNode.Scalar) node).json();
    if (json.isNull()) {
      return null;
    }
    return json.isBoolean()
        ? (Object) json.booleanValue()
        : json.isNumber() ? json.numberValue() : ((YamlNode.Scalar) node).text();
  }

  static Policy.InformationEntry information(YamlNode root) {
    YamlNode node = member(root, "information");
    if (node == null) {
      return Policy.InformationEntry.NONE;
    }
    return new Policy.InformationEntry(
        text(node, "controller"),
        text(node, "officer"),
        text(node, "authority"),
        entries(node, "purposes", DataBuilder::purpose),
        entries(node, "recipients", (place, n) -> n).entrySet().stream()
            .map(e -> recipient(e.getKey(), e.getValue()))
            .toList());
  }

  private static Policy.PurposeEntry purpose(Policy.Place place, YamlNode node) {
    return new Policy.PurposeEntry(
        place,
        required(node, "why").name(),
        required(node, "basis").name(),
        references(node, "tables"),
        references(node, "recipients"),
        text(node, "kept"),
        text(node, "source"));
  }

  private static Information.Recipient recipient(String name, YamlNode node) {
    return new Information.Recipient(
        name, required(node, "who").name(), text(node, "country"), text(node, "safeguard"));
  }

  static RequestRules requests(YamlNode root) {
    YamlNode node = member(root, "requests");
    RequestRules usual = RequestRules.USUAL;
    if (node == null) {
      return usual;
    }
    String law = text(node, "law");
    String keep = text(node, "keep_exports");
    return new RequestRules(
        law == null ? usual.law() : RequestRules.Law.valueOf(law.toUpperCase(Locale.ROOT)),
        "true".equals(text(node, "second_person")),
        text(node, "folder"),
        keep == null ? usual.keepExports() : Period.parse(keep),
        text(node, "erasures"),
        null);
  }

  static Policy.@Nullable MailEntry mail(YamlNode root) {
    YamlNode requests = member(root, "requests");
    YamlNode node = requests == null ? null : member(requests, "mail");
    return node == null
        ? null
        : new Policy.MailEntry(
            required(node, "smtp"),
            text(node, "password"),
            required(node, "from"),
            reference(node, "link"),
            reference(node, "subject"),
            reference(node, "text"));
  }
}
