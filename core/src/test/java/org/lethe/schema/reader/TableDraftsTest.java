package org.lethe.schema.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

class TableDraftsTest {

  /** A foreign key read without one of its columns would tie rows that have nothing in common. */
  @Test
  void refusesAKeyWhoseColumnWasNotRead() {
    TableDrafts.Draft draft =
        new TableDrafts.Draft(new TableId("public", "t"), Table.Kind.TABLE, null, false, -1, null);
    draft.columns.put(
        1,
        new Column(
            "a", "integer", Column.TypeKind.BASE, true, false, Column.Identity.NONE, null, null));

    assertThat(draft.columnNames(List.of(1))).containsExactly("a");
    assertThatThrownBy(() -> draft.columnNames(List.of(1, 2)))
        .isInstanceOf(SchemaChangedException.class)
        .hasMessageStartingWith("the table public.t was altered while the schema was being read");
  }
}
