package org.lethe.collect;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lethe.dialect.Dialect;
import org.lethe.policy.LabelTemplate;
import org.lethe.schema.Table;

/** Reads a row's key and label, for people. */
public final class Labels {

  /** Longer values are cut: a label is a name, not a document. */
  private static final int LONGEST = 200;

  private final Dialect dialect;
  private final Table table;
  private final LabelTemplate template;

  public Labels(Dialect dialect, Table table, LabelTemplate template) {
    this.dialect = dialect;
    this.table = table;
    this.template = template;
  }

  /** The columns to select from a row, for {@link #read}. */
  public String columns(String row) {
    List<String> columns = new ArrayList<>();
    if (table.identity().isEmpty()) {
      columns.add(row + ".ctid::text");
    }
    table.identity().forEach(c -> columns.add(row + "." + dialect.quote(c) + "::text"));
    template
        .columns()
        .forEach(
            c -> columns.add("left(%s.%s::text, %d)".formatted(row, dialect.quote(c), LONGEST)));
    return String.join(", ", columns);
  }

  /** How many columns these are. */
  public int width() {
    return Math.max(1, table.identity().size()) + template.columns().size();
  }

  /** Reads what {@link #columns} selected, from the given column of the result on. */
  public Row read(ResultSet rs, int from) throws SQLException {
    int at = from;
    List<String> key = new ArrayList<>();
    for (int i = 0; i < Math.max(1, table.identity().size()); i++) {
      key.add(String.valueOf(rs.getString(at++)));
    }
    Map<String, String> values = new HashMap<>();
    for (String column : template.columns()) {
      String value = rs.getString(at++);
      if (value != null) {
        values.put(column, value);
      }
    }
    String label = template.render(values::get);
    return new Row(table.id(), key, label);
  }
}
