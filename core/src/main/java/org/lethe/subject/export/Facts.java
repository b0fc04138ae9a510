package org.lethe.subject.export;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.lethe.personal.PersonalData;
import org.lethe.personal.ValueShape;
import org.lethe.policy.Category;
import org.lethe.policy.ColumnRule;
import org.lethe.policy.Decisions;
import org.lethe.policy.Information;
import org.lethe.policy.LegalRetention;
import org.lethe.policy.Ownership;
import org.lethe.policy.SubjectType;
import org.lethe.policy.TableRule;
import org.lethe.schema.Column;
import org.lethe.schema.TableId;

/**
 * What the policy says of the handling of people's data, put together for those who have a right to
 * know: the person (GDPR article 15) and the authority (article 30).
 */
final class Facts {

  private static final Map<String, String> BASES =
      Map.of(
          "6(1)(a)", "consent",
          "6(1)(b)", "a contract",
          "6(1)(c)", "a legal obligation",
          "6(1)(d)", "vital interests",
          "6(1)(e)", "a task in the public interest",
          "6(1)(f)", "legitimate interests");

  private final Decisions decisions;

  Facts(Decisions decisions) {
    this.decisions = decisions;
  }

  /** How long the law wants something kept. */
  record Kept(String what, String period, String ground, @Nullable String law) {}

  Information information() {
    return decisions.data().information();
  }

  List<SubjectType> subjects() {
    return List.copyOf(decisions.data().subjects().values());
  }

  /** Tables that hold data of such people, whether or not somebody in particular has any there. */
  Set<TableId> tablesOf(SubjectType type) {
    return decisions
        .graph()
        .distances(List.of(type.table()), r -> decisions.ownership(r) != Ownership.MENTIONED)
        .keySet();
  }

  /** Sorts of personal data in some tables, as the policy calls them, or as names suggest. */
  Set<String> categories(Collection<TableId> tables) {
    Set<String> found = new TreeSet<>();
    for (TableId table : tables) {
      for (Column column : decisions.catalog().table(table).columns()) {
        ColumnRule said = decisions.data().column(table, column.name());
        Category category = said.category();
        if (category != null) {
          if (category.personal()) {
            found.add(Facts.word(category.word()));
          }
        } else {
          PersonalData.guess(column, false, ValueShape.UNKNOWN)
              .ifPresent(g -> found.add(word(g.category())));
        }
      }
    }
    return found;
  }

  /** In plain words, since "sensitive" alone says little. */
  private static String word(String category) {
    return switch (category) {
      case "identifier", "identity", "name" -> "who somebody is";
      case "contact" -> "how to reach somebody";
      case "address", "location" -> "where somebody lives or is";
      case "network" -> "Internet addresses and devices";
      case "birth" -> "birth";
      case "financial" -> "money";
      case "sensitive" -> "specially protected data (article 9)";
      case "picture" -> "pictures";
      case "content" -> "what somebody wrote";
      case "behaviour" -> "what somebody did";
      case "secret" -> "passwords and other secrets, which are handed out to nobody";
      default -> category;
    };
  }

  /** {@code 6(1)(b)} with what it means. */
  static String basis(String article) {
    String meaning = BASES.get(article);
    return "article " + article + " GDPR" + (meaning == null ? "" : ": " + meaning);
  }

  List<String> names(Collection<TableId> tables) {
    return tables.stream().map(decisions.catalog()::displayName).sorted().toList();
  }

  List<Information.Recipient> recipients(Information.Purpose purpose) {
    return information().recipients().stream()
        .filter(r -> purpose.recipients().contains(r.name()))
        .toList();
  }

  /** What the law wants kept, of some tables. */
  List<Kept> kept(Collection<TableId> tables) {
    List<Kept> kept = new ArrayList<>();
    for (TableId table : new TreeSet<>(tables)) {
      TableRule rule = decisions.data().table(table);
      add(kept, decisions.catalog().displayName(table), rule.retain());
      new TreeMap<>(rule.columns())
          .forEach(
              (column, said) ->
                  add(
                      kept,
                      decisions.catalog().displayName(table, List.of(column)),
                      said.retain()));
    }
    return kept;
  }

  private static void add(List<Kept> kept, String what, @Nullable LegalRetention retain) {
    if (retain != null) {
      kept.add(
          new Kept(
              what,
              Periods.words(retain.period().text()) + " from " + retain.from(),
              retain.ground(),
              retain.law()));
    }
  }

  /** How long deleted rows can be brought back, by table where that is not the same for all. */
  Map<String, List<String>> trash(Collection<TableId> tables) {
    Map<String, List<String>> byPeriod = new LinkedHashMap<>();
    for (TableId table : new TreeSet<>(tables)) {
      byPeriod
          .computeIfAbsent(
              Periods.words(decisions.trash(table).keep().toString()), p -> new ArrayList<>())
          .add(decisions.catalog().displayName(table));
    }
    return byPeriod;
  }

  /** Other places where data of people lives. */
  Set<String> stores() {
    Set<String> names = new LinkedHashSet<>();
    decisions.data().stores().forEach(s -> names.add(s.name() + " (" + s.kind() + ")"));
    return names;
  }

  /** What a person must be told that the policy does not say. */
  List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    Information said = information();
    if (said.controller() == null) {
      gaps.add("information.controller: who is responsible, with an address");
    }
    if (said.authority() == null) {
      gaps.add("information.authority: where people may complain");
    }
    if (said.purposes().isEmpty()) {
      gaps.add("information.purposes: what data is kept for");
    }
    for (Information.Purpose purpose : said.purposes()) {
      if (purpose.kept() == null) {
        gaps.add("information.purposes: for how long data for \"" + purpose.name() + "\" is kept");
      }
    }
    return gaps;
  }
}
