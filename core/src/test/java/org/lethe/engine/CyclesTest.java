package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lethe.engine.TestDatabase.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lethe.Lethe;
import org.lethe.execute.DeletionReport;

/**
 * Tables that refer to each other in a circle, with every combination of what a foreign key can be.
 * All circles live in one database, each with three rings of rows: one to be collected and deleted,
 * one that the database may cascade through by itself where it can, one that must stay.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CyclesTest {

  /** How a key is declared. RESTRICT may be called deferrable, but is checked at once. */
  private enum Kind {
    IMMEDIATE(""),
    DEFERRABLE("deferrable initially immediate"),
    DEFERRED("deferrable initially deferred"),
    RESTRICT("on delete restrict"),
    DEFERRABLE_RESTRICT("on delete restrict deferrable initially deferred"),
    CASCADE("on delete cascade"),
    SET_NULL("on delete set null");

    private final String sql;

    Kind(String sql) {
      this.sql = sql;
    }
  }

  private record Key(Kind kind, boolean nullable) {
    @Override
    public String toString() {
      return kind.name().toLowerCase(java.util.Locale.ROOT) + (nullable ? "?" : "");
    }
  }

  /** Key {@code i} leads from table {@code i} to table {@code i + 1}, the last to the first. */
  private record Circle(String name, List<Key> keys) {

    String table(int i) {
      return name + "_" + i % keys.size();
    }

    /** Keys are added after the rows, since rows in a circle have no order to come in. */
    String ddl() {
      StringBuilder sql = new StringBuilder();
      for (int i = 0; i < keys.size(); i++) {
        sql.append("create table %s (id int primary key, next int".formatted(table(i)));
        sql.append(keys.get(i).nullable() ? ");\n" : " not null);\n");
        sql.append("insert into %s values %s;\n".formatted(table(i), rings(i)));
      }
      for (int i = 0; i < keys.size(); i++) {
        sql.append(
            "alter table %s add foreign key (next) references %s %s;\n"
                .formatted(table(i), table(i + 1), keys.get(i).kind().sql));
      }
      return sql.toString();
    }

    /** Each ring goes twice around: 1 and 2, 11 and 12, 21 and 22. */
    private String rings(int i) {
      boolean last = i == keys.size() - 1;
      return Stream.of(0, 10, 20)
          .map(
              r ->
                  "(%d, %d), (%d, %d)"
                      .formatted(r + 1, last ? r + 2 : r + 1, r + 2, last ? r + 1 : r + 2))
          .collect(Collectors.joining(", "));
    }

    /** A line per table, such as {@code 21>21 22>22}. */
    String allRows() {
      return IntStream.range(0, keys.size())
          .mapToObj(
              i ->
                  "select %d, string_agg(id || '>' || next, ' ' order by id) from %s"
                      .formatted(i, table(i)))
          .collect(
              Collectors.joining(
                  " union all ", "select rows from (", ") as t(i, rows) order by i"));
    }

    /** What must stay of a table. */
    String thirdRing(int i) {
      return i == keys.size() - 1 ? "21>22 22>21" : "21>21 22>22";
    }

    Stream<String> cascade() {
      return IntStream.range(0, keys.size()).mapToObj(i -> table(i) + ".next: cascade");
    }

    @Override
    public String toString() {
      return keys.toString();
    }
  }

  private final TestDatabase database = TestDatabase.with("");
  private List<Circle> circles = List.of();
  private List<Circle> breakable = List.of();

  @BeforeAll
  void create() {
    circles = new ArrayList<>(circles("one", List.of(Kind.values()), 1));
    circles.addAll(circles("two", List.of(Kind.values()), 2));
    circles.addAll(
        circles("three", List.of(Kind.IMMEDIATE, Kind.DEFERRED, Kind.RESTRICT), 3).stream()
            .filter(CyclesTest::alike)
            .toList());
    breakable =
        circles("half", List.of(Kind.values()), 2).stream()
            .filter(c -> c.keys().get(0).nullable())
            .toList();
    database.run(
        Stream.concat(circles.stream(), breakable.stream())
            .map(Circle::ddl)
            .collect(Collectors.joining()));
    collecting = lethe(false);
    cascading = lethe(true);
  }

  private Lethe collecting = Lethe.builder(database.source()).build();
  private Lethe cascading = collecting;

  private Lethe lethe(boolean nativeCascade) {
    Stream<String> all = circles.stream().flatMap(Circle::cascade);
    Stream<String> half =
        breakable.stream()
            .flatMap(c -> Stream.of(c.table(0) + ".next: set_null", c.table(1) + ".next: cascade"));
    return database.lethe(nativeCascade, Stream.concat(all, half).toArray(String[]::new));
  }

  /** Longer circles are nullable all the way or nowhere, so that there are not too many of them. */
  private static boolean alike(Circle circle) {
    return circle.keys().stream().map(Key::nullable).distinct().count() == 1;
  }

  private static List<Circle> circles(String name, List<Kind> kinds, int length) {
    List<List<Key>> found = List.of(List.of());
    for (int i = 0; i < length; i++) {
      found =
          found.stream()
              .flatMap(
                  before ->
                      kinds.stream()
                          .flatMap(k -> Stream.of(new Key(k, false), new Key(k, true)))
                          .filter(k -> k.nullable() || k.kind() != Kind.SET_NULL)
                          .map(k -> Stream.concat(before.stream(), Stream.of(k)).toList()))
              .toList();
    }
    List<List<Key>> all = found;
    return IntStream.range(0, all.size()).mapToObj(i -> new Circle(name + i, all.get(i))).toList();
  }

  private List<Circle> circles() {
    return circles;
  }

  private List<Circle> breakable() {
    return breakable;
  }

  @ParameterizedTest
  @MethodSource("circles")
  void aCircleGoesWholeWhateverItsKeysAre(Circle circle) {
    Map<String, Long> expected =
        IntStream.range(0, circle.keys().size())
            .boxed()
            .collect(Collectors.toMap(circle::table, i -> 2L));

    DeletionReport collected = collecting.delete(rows(circle.table(0), 1));
    DeletionReport cascaded = cascading.delete(rows(circle.table(0), 11));

    assertThat(TestDatabase.deleted(collecting, collected)).isEqualTo(expected);
    assertThat(cascaded.counts()).isEqualTo(collected.counts());
    assertThat(database.texts(circle.allRows()))
        .containsExactlyElementsOf(
            IntStream.range(0, circle.keys().size()).mapToObj(circle::thirdRing).toList());
  }

  @ParameterizedTest
  @MethodSource("breakable")
  void aCircleThatThePolicyBreaksLosesOnlyOneArc(Circle circle) {
    // Row 1 of table 0 takes with it row 2 of table 1, which refers to it; row 2 of table 0 refers
    // to that one, stays, and forgets it.
    for (Map.Entry<Lethe, Integer> run : Map.of(collecting, 0, cascading, 10).entrySet()) {
      int ring = run.getValue();
      DeletionReport report = run.getKey().delete(rows(circle.table(0), ring + 1));

      assertThat(TestDatabase.deleted(collecting, report))
          .isEqualTo(Map.of(circle.table(0), 1L, circle.table(1), 1L));
      assertThat(report.counts().updated()).isEqualTo(Map.of(circle.table(0) + ".next", 1L));
      assertThat(
              database.texts(
                  "select id || '>' || coalesce(next::text, '-') from %s where id - %d in (1, 2)"
                      .formatted(circle.table(0), ring)))
          .containsExactly((ring + 2) + ">-");
      assertThat(
              database.texts(
                  "select id || '>' || next from %s where id - %d in (1, 2)"
                      .formatted(circle.table(1), ring)))
          .containsExactly((ring + 1) + ">" + (ring + 2));
    }
    assertThat(
            database.number(
                "select count(*) from " + circle.table(0) + " where id > 20 and next is not null"))
        .isEqualTo(2);
  }
}
