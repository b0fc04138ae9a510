package org.lethe.checklist;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lethe.checklist.FirstPolicy.Line;
import org.lethe.personal.People;
import org.lethe.personal.PersonalData;
import org.lethe.personal.PersonalData.Guess;
import org.lethe.personal.Room;
import org.lethe.personal.ValueShape;
import org.lethe.policy.YamlText;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKey;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/**
 * What a first policy says of columns: the sort of personal data they seem to hold and, in tables
 * that hold people's rows, what an erasure could do to them. Of columns there that could hold
 * anything, a line to fill in.
 */
final class FirstColumns {

  private final People people;
  private final Sampler sampler;
  private final Set<TableId> owned;
  private final Map<TableId, Set<String>> referring = new HashMap<>();

  /**
   * @param owned tables that hold people's rows
   */
  FirstColumns(Catalog catalog, People people, Sampler sampler, Set<TableId> owned) {
    this.people = people;
    this.sampler = sampler;
    this.owned = Set.copyOf(owned);
    for (ForeignKey key : catalog.foreignKeys()) {
      referring
          .computeIfAbsent(catalog.whole(key.table()), t -> new HashSet<>())
          .addAll(key.columns());
    }
  }

  List<Line> of(Table table) {
    Map<String, ValueShape> shapes = sampler.shapes(table);
    List<Line> lines = new ArrayList<>();
    for (Column column : table.columns()) {
      if (!referring.getOrDefault(table.id(), Set.of()).contains(column.name())) {
        line(table, column, shapes.getOrDefault(column.name(), ValueShape.UNKNOWN))
            .ifPresent(lines::add);
      }
    }
    return lines;
  }

  private Optional<Line> line(Table table, Column column, ValueShape shape) {
    boolean personal = owned.contains(table.id());
    Optional<Guess> guess =
        PersonalData.guess(column, people.in(table.id()).isPresent(), shape)
            .or(() -> personal ? Suggestion.content(column) : Optional.empty());
    if (guess.isPresent()) {
      Guess g = guess.get();
      String said = personal ? Suggestion.of(table, column, g) : Suggestion.category(g);
      return Optional.of(new Line(g.doubt() == null, entry(column) + said, g.doubt()));
    }
    return personal && Room.of(column) == Room.ANYTHING
        ? Optional.of(
            new Line(false, entry(column) + "{ category: none }", "none? it could hold anything"))
        : Optional.empty();
  }

  private static String entry(Column column) {
    return "    " + YamlText.scalar(column.name()) + ": ";
  }
}
