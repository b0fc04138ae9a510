package org.lethe.subject.erase;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Treatment;
import org.lethe.schema.Column;
import org.lethe.subject.Key;
import org.lethe.subject.Mentions;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Treatments as SQL. One expression treats any number of rows in the database. For one erasure: the
 * salt and the code in placeholders are its own.
 */
final class TreatmentSql {

  private static final Pattern STEP =
      Pattern.compile("\\.(?:\"(?<quoted>[^\"]+)\"|(?<name>\\w+))|\\[(?<at>\\d+|\\*)]");

  /** What the words of {@link Treatment.Redact} look for. */
  private static final Map<String, String> PATTERNS =
      Map.of(
          "email", "[[:alnum:]._%+-]+@[[:alnum:].-]+\\.[[:alpha:]]{2,}",
          "phone", "(?<![[:alnum:]])\\+?[0-9][0-9 ()./-]{6,20}[0-9](?![[:alnum:]])",
          "ip",
              "(?<![0-9.])[0-9]{1,3}(\\.[0-9]{1,3}){3}(?![0-9.])|(?<![[:xdigit:]:])([[:xdigit:]]{1,4}:){3,7}[[:xdigit:]]{0,4}",
          "iban",
              "(?<![[:alnum:]])[A-Z]{2}[0-9]{2}( ?[A-Z0-9]{4}){3,7}( ?[A-Z0-9]{1,3})?(?![[:alnum:]])",
          "card", "(?<![0-9])[0-9]{4}([ -]?[0-9]{4}){3}(?![0-9])");

  private static final String NOTHING = "(?!)";

  private static final List<String> FIRST_NAMES =
      List.of("Alex", "Sam", "Robin", "Kim", "Jo", "Chris", "Sascha", "Noa", "Luca", "Mika");

  private static final List<String> LAST_NAMES =
      List.of("Miller", "Berg", "Stone", "Wood", "Lake", "Field", "Rivers", "Hill", "Moss", "Dale");

  private static final List<String> STREETS =
      List.of("Mill Lane", "High Street", "Station Road", "Church Street", "Park Avenue");

  private static final List<String> CITIES =
      List.of("Newtown", "Riverside", "Greenfield", "Oakwood", "Westport");

  private final Dialect dialect;
  private final @Nullable Key key;
  private final String code;
  private final String salt;
  private final String identifiers;

  /**
   * @param key for keyed hashes; null where none is at hand
   * @param code what {@code {id}} in placeholders stands for
   * @param salt of this erasure's hashes, in hex; kept nowhere
   * @param identifiers texts that the person is known by
   */
  TreatmentSql(
      Dialect dialect, @Nullable Key key, String code, String salt, List<String> identifiers) {
    this.dialect = dialect;
    this.key = key;
    this.code = code;
    this.salt = salt;
    this.identifiers = Mentions.pattern(identifiers);
  }

  /**
   * Hands the transaction what expressions look up there. It is bound, so that nothing secret or
   * personal is part of any statement that a server may log.
   */
  void prepare(JdbcOperations jdbc) {
    jdbc.query(
        "select set_config('lethe.salt', ?, true), set_config('lethe.identifiers', ?, true)",
        rs -> {},
        salt,
        // What can match nothing at all would be put between all letters.
        identifiers.isEmpty() ? NOTHING : identifiers);
    if (key != null) {
      key.lend(jdbc);
    }
  }

  /**
   * The new value of a column.
   *
   * @param value of row {@code c}, as SQL
   * @param unique whether no two rows may have the same
   */
  String of(Treatment treatment, Column column, String value, boolean unique) {
    if (treatment instanceof Treatment.SetNull) {
      return "null";
    }
    if (treatment instanceof Treatment.Constant constant) {
      return cast(dialect.literal(constant.value()), column);
    }
    if (treatment instanceof Treatment.Generalise generalise) {
      return keepsNull(value, generalised(generalise.to(), column, value));
    }
    if (treatment instanceof Treatment.Edits edits) {
      String document = value + "::jsonb";
      for (Map.Entry<String, Treatment> edit : edits.edits().entrySet()) {
        document = edited(document, steps(edit.getKey()), edit.getValue(), 0);
      }
      return cast("(" + document + ")", column);
    }
    String text = text(treatment, value + "::text", unique);
    return keepsNull(value, cast(fitted(text, column), column));
  }

  /** A condition that a treatment would find something in the text; for redactions. */
  String finds(Treatment.Redact redact, String value) {
    return "%s::text ~* %s".formatted(value, pattern(redact));
  }

  /** The same with the person's own identifiers only; null if there are none. */
  @Nullable String ofIdentifiers(Treatment.Redact redact, Column column, String value) {
    if (!redact.patterns().contains("identifiers") || identifiers.isEmpty()) {
      return null;
    }
    Treatment.Redact own = new Treatment.Redact(List.of("identifiers"), redact.with());
    return of(own, column, value, false);
  }

  /** A treatment of a text. */
  private String text(Treatment treatment, String value, boolean unique) {
    if (treatment instanceof Treatment.Placeholder placeholder) {
      String id =
          unique ? "(" + dialect.literal(code) + " || " + random(12) + ")" : dialect.literal(code);
      String text =
          placeholder.text().contains("{id}") || !unique
              ? placeholder.text()
              : placeholder.text() + " {id}";
      return "replace(%s, '{id}', %s)".formatted(dialect.literal(text), id);
    }
    if (treatment instanceof Treatment.Fake fake) {
      return fake(fake.kind(), unique);
    }
    if (treatment instanceof Treatment.Hash) {
      return "encode(sha256(convert_to(current_setting('lethe.salt') || %s, 'UTF8')), 'hex')"
          .formatted(value);
    }
    if (treatment instanceof Treatment.Hmac) {
      return Key.hmacSql(value);
    }
    if (treatment instanceof Treatment.Mask mask) {
      int shown = mask.first() + mask.last();
      return "case when length(%1$s) > %2$d then left(%1$s, %3$d) || repeat('*', length(%1$s) - %2$d) || right(%1$s, %4$d) else repeat('*', length(%1$s)) end"
          .formatted(value, shown, mask.first(), mask.last());
    }
    if (treatment instanceof Treatment.Redact redact) {
      return "regexp_replace(%s, %s, %s, 'gi')"
          .formatted(value, pattern(redact), dialect.literal(redact.with().replace("\\", "\\\\")));
    }
    throw new IllegalArgumentException(treatment.word() + " is no treatment of a text");
  }

  /** The expression that finds the person's own identifiers; null if there are none to find. */
  @Nullable String patternOfIdentifiers(Treatment.Redact redact) {
    return redact.patterns().contains("identifiers") && !identifiers.isEmpty()
        ? pattern(new Treatment.Redact(List.of("identifiers"), redact.with()))
        : null;
  }

  /** An SQL expression for the regular expression that a redaction looks for. */
  String pattern(Treatment.Redact redact) {
    List<String> parts = new ArrayList<>();
    String named =
        redact.patterns().stream()
            .filter(p -> !p.equals("identifiers"))
            .map(p -> "(?:" + PATTERNS.getOrDefault(p, p) + ")")
            .collect(Collectors.joining("|"));
    if (!named.isEmpty()) {
      parts.add(dialect.literal(named));
    }
    if (redact.patterns().contains("identifiers")) {
      parts.add("current_setting('lethe.identifiers')");
    }
    return "(" + String.join(" || '|' || ", parts) + ")";
  }

  private String fake(Treatment.Fake.Kind kind, boolean unique) {
    String more = unique ? " || ' ' || " + random(12) : "";
    return switch (kind) {
      case EMAIL -> "'deleted-' || " + random(16) + " || '@example.invalid'";
      case NAME -> oneOf(FIRST_NAMES) + " || ' ' || " + oneOf(LAST_NAMES) + more;
      case FIRST_NAME -> oneOf(FIRST_NAMES) + more;
      case LAST_NAME -> oneOf(LAST_NAMES) + more;
      case USERNAME -> "'user-' || " + random(16);
      // Numbers that the regulators keep free for such use.
      case PHONE -> "'+1 555 01' || lpad((floor(random() * 100))::int::text, 2, '0')" + more;
      case STREET -> "(1 + floor(random() * 200))::int::text || ' ' || " + oneOf(STREETS) + more;
      case CITY -> oneOf(CITIES) + more;
      case POSTCODE -> "lpad((floor(random() * 100000))::int::text, 5, '0')" + more;
      case COUNTRY -> "'XX'";
      case COMPANY -> oneOf(LAST_NAMES) + " || ' Ltd'" + more;
      // From the networks that are kept for documentation (RFC 5737).
      case IP -> "'192.0.2.' || (1 + floor(random() * 254))::int::text";
      case DATE -> "(date '1950-01-01' + (floor(random() * 18000))::int)::text";
      case UUID -> "gen_random_uuid()::text";
      case TEXT -> "'Lorem ipsum dolor sit amet'" + more;
    };
  }

  private String oneOf(List<String> words) {
    return "(array[%s])[1 + floor(random() * %d)::int]"
        .formatted(
            words.stream().map(dialect::literal).collect(Collectors.joining(", ")), words.size());
  }

  private static String random(int length) {
    return "left(replace(gen_random_uuid()::text, '-', ''), %d)".formatted(length);
  }

  private String generalised(Treatment.Generalise.To to, Column column, String value) {
    if (to instanceof Treatment.Generalise.Calendar calendar) {
      String unit = dialect.literal(calendar.name().toLowerCase(java.util.Locale.ROOT));
      return column.type().endsWith("with time zone")
          ? "date_trunc(%s, %s, 'UTC')".formatted(unit, value)
          : cast("date_trunc(%s, cast(%s as timestamp))".formatted(unit, value), column);
    }
    if (to instanceof Treatment.Generalise.Steps steps) {
      return cast(
          "floor(cast(%s as numeric) / %d) * %d".formatted(value, steps.size(), steps.size()),
          column);
    }
    String network =
        "set_masklen(cast(network(set_masklen(%1$s, case family(%1$s) when 4 then 24 else 48 end)) as inet), case family(%1$s) when 4 then 32 else 128 end)"
            .formatted("cast(" + value + " as inet)");
    return column.type().equals("cidr")
        ? "network(set_masklen(cast(%1$s as inet), least(masklen(%1$s), case family(%1$s) when 4 then 24 else 48 end)))"
            .formatted(value)
        : cast("host(" + network + ")", column);
  }

  private static String keepsNull(String value, String expression) {
    return "case when %s is not null then %s end".formatted(value, expression);
  }

  /** What is too long for a column is cut, but for its end, which tells values apart. */
  private static String fitted(String text, Column column) {
    Matcher length =
        Pattern.compile("char(?:acter)?(?: varying)?\\((\\d+)\\)").matcher(column.type());
    return length.find() ? "right(%s, %s)".formatted(text, length.group(1)) : text;
  }

  private static String cast(String expression, Column column) {
    return "cast(%s as %s)".formatted(expression, column.type());
  }

  /** One step into a document: a member's name, a place in an array, or all of its places. */
  private record Step(@Nullable String name, @Nullable String at) {}

  private static List<Step> steps(String path) {
    List<Step> steps = new ArrayList<>();
    Matcher m = STEP.matcher(path);
    while (m.find()) {
      String quoted = m.group("quoted");
      steps.add(new Step(quoted == null ? m.group("name") : quoted, m.group("at")));
    }
    return steps;
  }

  /** The document with the value at a path treated; as it is where there is no such path. */
  private String edited(String document, List<Step> path, Treatment treatment, int depth) {
    String d = "d" + depth;
    String value;
    if (path.isEmpty()) {
      return "(select %s from (select %s as v) as %s)"
          .formatted(leaf(treatment, d + ".v"), document, d);
    }
    Step step = path.get(0);
    List<Step> rest = path.subList(1, path.size());
    if (step.name() != null) {
      String name = dialect.literal(step.name());
      value =
          "case when jsonb_typeof(%1$s.v) = 'object' and jsonb_exists(%1$s.v, %2$s) then %1$s.v || jsonb_build_object(%2$s, %3$s) else %1$s.v end"
              .formatted(d, name, edited(d + ".v -> " + name, rest, treatment, depth + 1));
    } else {
      String all = "*".equals(step.at()) ? "true" : "e" + depth + ".n = " + step.at() + " + 1";
      value =
          "case when jsonb_typeof(%1$s.v) = 'array' then (select coalesce(jsonb_agg(case when %2$s then %3$s else e%4$d.x end order by e%4$d.n), '[]'::jsonb) from jsonb_array_elements(%1$s.v) with ordinality as e%4$d(x, n)) else %1$s.v end"
              .formatted(d, all, edited("e" + depth + ".x", rest, treatment, depth + 1), depth);
    }
    return "(select %s from (select %s as v) as %s)".formatted(value, document, d);
  }

  private String leaf(Treatment treatment, String value) {
    if (treatment instanceof Treatment.SetNull) {
      return "'null'::jsonb";
    }
    if (treatment instanceof Treatment.Constant constant) {
      return "to_jsonb(" + dialect.literal(constant.value()) + "::text)";
    }
    return "case when jsonb_typeof(%1$s) = 'null' then %1$s else to_jsonb((%2$s)::text) end"
        .formatted(value, text(treatment, "(" + value + " #>> '{}')", false));
  }
}
