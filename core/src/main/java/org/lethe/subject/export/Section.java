package org.lethe.subject.export;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.LabelTemplate;
import org.lethe.schema.TableId;

/** Rows of one sort. They can be read several times and come in the same order each time. */
interface Section {

  /** As programs call it: the table, or the place in a store. */
  String name();

  /** Fit for the name of a file, and different for each section. */
  String slug();

  /** The table whose rows these are; null where they come from elsewhere. */
  @Nullable TableId table();

  /** For people. */
  String heading();

  /** What the table is for, if its owner wrote that down; null otherwise. */
  @Nullable String note();

  long rows();

  /** How many of them are others' too. */
  long shared();

  List<Heading> columns();

  /** How a row is called, from its cells; null where rows have no names. */
  @Nullable LabelTemplate label();

  void forEach(Consumer<Row> row);

  /**
   * A column.
   *
   * @param column as the database spells it, for labels
   * @param name as it is handed out
   * @param refers whether values stand for rows, so that there is a meaning to tell
   * @param file whether values are files
   */
  record Heading(String column, String name, boolean refers, boolean file) {

    /** For people: {@code support_rep_id} is "Support rep". */
    String title() {
      return Words.heading(name);
    }
  }
}
