package org.lethe.subject;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Flags;
import org.lethe.collect.KeySet;
import org.lethe.collect.RelationSql;
import org.lethe.collect.Roots;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.Ownership;
import org.lethe.schema.Column;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * A person's own rows that lie in the trash: images that refer to rows of theirs, be these alive or
 * in the trash themselves. Inside one transaction that may make temporary tables; not thread-safe.
 */
public final class TrashedRows {

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final RelationSql relationSql;
  private final String found =
      "lethe_trashed_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

  /** Numbered by their place. */
  private final List<Shape> shapes = new ArrayList<>();

  /**
   * @param root the table of the person's own row
   */
  public TrashedRows(Decisions decisions, Dialect dialect, JdbcOperations jdbc, TableId root) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.relationSql =
        new RelationSql(
            dialect, decisions.catalog(), new Flags(decisions, dialect, DeleteKind.HARD, root));
  }

  /** Rows of one table with their columns as they were. */
  public record Shape(Table table, List<String> columns) {

    public Shape {
      columns = List.copyOf(columns);
    }

    /** A column's value in an image as SQL of the column's type; null if it had none such then. */
    public @Nullable String value(Dialect dialect, String image, String name) {
      int at = columns.indexOf(name);
      Column column = table.column(name).orElse(null);
      return at < 0 || column == null
          ? null
          : dialect.fromText("(%s[%d])".formatted(image, at + 1), column);
    }
  }

  /**
   * Finds them.
   *
   * @param holdings what is theirs and alive; null if nothing is
   */
  public void find(@Nullable Holdings holdings, List<Roots> roots) {
    readShapes();
    if (shapes.isEmpty()) {
      return;
    }
    jdbc.execute(
        "create temporary table %s (place tid primary key, shape int not null, deletion_id uuid not null) on commit drop"
            .formatted(found));
    roots.forEach(this::findRoots);
    for (Relation relation : decisions.graph().relations()) {
      KeySet parents = holdings == null ? null : holdings.sole().get(relation.parent());
      if (owned(relation) && parents != null && !parents.isEmpty()) {
        findChildren(relation, parents);
      }
    }
    int more = 1;
    while (more > 0) {
      more = 0;
      for (Relation relation : decisions.graph().relations()) {
        if (owned(relation)) {
          more += findChildrenInTrash(relation);
        }
      }
    }
  }

  private boolean owned(Relation relation) {
    return decisions.ownership(relation) == Ownership.SOLE;
  }

  private void readShapes() {
    if (!OwnTables.there(jdbc, "archived_table")) {
      return;
    }
    jdbc.query(
        """
        select distinct a.table_schema, a.table_name, a.columns
          from lethe.archived_table as a join lethe.deletion as d using (deletion_id)
         where d.state = 'in_trash' and a.fate = 'removed'
        """,
        rs -> {
          TableId id = new TableId(rs.getString(1), rs.getString(2));
          Table table = decisions.catalog().tables().get(id);
          if (table != null) {
            shapes.add(new Shape(table, List.of((String[]) rs.getArray(3).getArray())));
          }
        });
  }

  /** Images of a shape that are not known yet. */
  private String images() {
    return """
        select r.ctid as place, r.image, r.deletion_id
          from lethe.archived_row as r
          join lethe.archived_table as a using (deletion_id, position)
          join lethe.deletion as d using (deletion_id)
         where d.state = 'in_trash' and a.fate = 'removed'
           and a.table_schema = ? and a.table_name = ? and a.columns = cast(? as text[])
           and not exists (select 1 from %s as f where f.place = r.ctid)
        """
        .formatted(found);
  }

  /**
   * Adds what of a shape fulfils a condition on {@code r}. The images are picked out first and
   * apart: values of other tables' rows need not be of the types that the condition casts to.
   */
  private int insert(int shape, String condition, Object... more) {
    List<Object> arguments = new ArrayList<>();
    Shape of = shapes.get(shape);
    arguments.add(of.table().id().schema());
    arguments.add(of.table().id().name());
    arguments.add(of.columns().toArray(String[]::new));
    arguments.addAll(List.of(more));
    return jdbc.update(
        """
        with r as materialized (%s)
        insert into %s (place, shape, deletion_id)
        select r.place, %d, r.deletion_id from r where %s
        """
            .formatted(images(), found, shape, condition),
        arguments.toArray());
  }

  private void findRoots(Roots roots) {
    if (!(roots instanceof Roots.Keys keys)) {
      return;
    }
    for (int i = 0; i < shapes.size(); i++) {
      Shape shape = shapes.get(i);
      List<String> identity = shape.table().identity();
      if (shape.table().id().equals(keys.table()) && shape.columns().containsAll(identity)) {
        for (List<String> key : keys.keys()) {
          String same =
              identity.stream()
                  .map(c -> "r.image[%d] = ?".formatted(shape.columns().indexOf(c) + 1))
                  .collect(Collectors.joining(" and "));
          insert(i, same, key.toArray());
        }
      }
    }
  }

  private void findChildren(Relation relation, KeySet parents) {
    for (int i = 0; i < shapes.size(); i++) {
      List<String> values = childValues(relation, shapes.get(i), "r.image");
      if (values != null) {
        insert(
            i,
            "exists (select 1 from %s as p where %s)%s"
                .formatted(
                    parents.name(),
                    relationSql.refersTo(relation, values, column -> "p." + parents.column(column)),
                    constants(relation, shapes.get(i))));
      }
    }
  }

  private int findChildrenInTrash(Relation relation) {
    int rows = 0;
    for (int i = 0; i < shapes.size(); i++) {
      List<String> values = childValues(relation, shapes.get(i), "r.image");
      for (int j = 0; values != null && j < shapes.size(); j++) {
        Shape parent = shapes.get(j);
        boolean has =
            parent.table().id().equals(relation.parent())
                && parent.columns().containsAll(relation.parentColumns());
        if (has) {
          rows +=
              insert(
                  i,
                  """
                  exists (select 1
                            from (select p.image
                                    from %s as f join lethe.archived_row as p on p.ctid = f.place
                                   where f.shape = %d
                                  offset 0) as p
                           where %s)%s
                  """
                      .formatted(
                          found,
                          j,
                          relationSql.refersTo(
                              relation,
                              values,
                              column -> String.valueOf(parent.value(dialect, "p.image", column))),
                          constants(relation, shapes.get(i))));
        }
      }
    }
    return rows;
  }

  /** The referring values of an image; null if the shape is none of the relation's. */
  private @Nullable List<String> childValues(Relation relation, Shape shape, String image) {
    if (!shape.table().id().equals(relation.child())) {
      return null;
    }
    List<String> values = new ArrayList<>();
    for (String column : relation.childColumns()) {
      String value = shape.value(dialect, image, column);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return values;
  }

  private String constants(Relation relation, Shape shape) {
    StringBuilder conditions = new StringBuilder();
    if (relation instanceof Link link) {
      link.conditions()
          .forEach(
              (column, value) ->
                  conditions.append(
                      " and r.image[%d] = %s"
                          .formatted(shape.columns().indexOf(column) + 1, dialect.literal(value))));
    }
    return conditions.toString();
  }

  /** Whether nothing was found. */
  public boolean isEmpty() {
    return shapes.isEmpty()
        || !Boolean.TRUE.equals(
            jdbc.queryForObject(
                "select exists (select 1 from %s)".formatted(found), Boolean.class));
  }

  /** The shapes of what lies in the trash; what was found refers to them by their place. */
  public List<Shape> shapes() {
    return List.copyOf(shapes);
  }

  /**
   * The temporary table of what was found: {@code place}, {@code shape}, {@code deletion_id}. There
   * is none where there are no shapes.
   */
  public String found() {
    return found;
  }
}
