package org.lethe.checklist;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.YamlText;
import org.lethe.schema.Catalog;
import org.lethe.schema.Link;
import org.lethe.schema.Names;
import org.lethe.schema.TableId;

/**
 * Columns that look like a relation nobody declared.
 *
 * @param column the column that seems to refer
 * @param typeColumn for a type and id pair, the column that says which table; else null
 * @param target where it seems to point; null where the names do not say
 * @param reason what made it likely
 */
record LikelyLink(
    Code code,
    TableId table,
    String column,
    @Nullable String typeColumn,
    @Nullable Target target,
    String reason) {

  /** What is written where people must fill something in. */
  private static final String BLANK = "FILL_IN";

  record Target(TableId table, String column, Link.Normaliser normaliser) {}

  Finding finding(Catalog catalog, Advisor advisor) {
    String subject =
        typeColumn == null
            ? catalog.displayName(table, List.of(column))
            : catalog.displayName(table, List.of(typeColumn, column));
    return Finding.of(code, subject, reason, "links:\n  " + line(catalog, advisor));
  }

  /** The policy's line; where names do not say enough, with a blank for people to fill in. */
  String line(Catalog catalog, Advisor advisor) {
    String to = target == null ? BLANK + "." + BLANK : display(catalog, target);
    StringBuilder line = new StringBuilder("- { from: ").append(YamlText.scalar(from(catalog)));
    if (code == Code.POSSIBLE_JSON_REFERENCE) {
      line.append(", path: ").append(YamlText.quoted("$." + BLANK));
    }
    line.append(", to: ").append(YamlText.scalar(to));
    if (target == null) {
      return line.append(", on_delete: cascade }").toString();
    }
    if (target.normaliser() != Link.Normaliser.NONE) {
      String word = target.normaliser().name().toLowerCase(Locale.ROOT);
      line.append(", normalise: ").append(word);
    }
    Advice advice = advisor.advise(link(catalog, target));
    line.append(", on_delete: ").append(advice.onDelete());
    if (advice.owner() != null) {
      line.append(", owner: ").append(advice.ownerWord());
    }
    return line.append(" }").toString();
  }

  private String from(Catalog catalog) {
    if (typeColumn == null) {
      return catalog.displayName(table, List.of(column));
    }
    return catalog.displayName(table)
        + "("
        + Names.quoteIfNeeded(typeColumn)
        + "='"
        + BLANK
        + "', "
        + Names.quoteIfNeeded(column)
        + ")";
  }

  private static String display(Catalog catalog, Target target) {
    return catalog.displayName(target.table(), List.of(target.column()));
  }

  private Link link(Catalog catalog, Target to) {
    return new Link(
        from(catalog),
        table,
        List.of(column),
        to.table(),
        List.of(to.column()),
        Map.of(),
        to.normaliser(),
        null);
  }
}
