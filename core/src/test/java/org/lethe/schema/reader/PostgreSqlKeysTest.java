package org.lethe.schema.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.lethe.schema.reader.Databases.foreignKey;
import static org.lethe.schema.reader.Databases.id;
import static org.lethe.schema.reader.Databases.readNew;
import static org.lethe.schema.reader.Databases.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKey;
import org.lethe.schema.ForeignKey.Rule;
import org.lethe.schema.Index;
import org.lethe.schema.Key;
import org.lethe.schema.Table;
import org.postgresql.ds.PGSimpleDataSource;

class PostgreSqlKeysTest {

  @Test
  void takesOnlyTotalUniqueIndexesForKeys() throws Exception {
    Catalog catalog =
        readNew(
            """
            create table t (b int, a int, c int unique nulls not distinct, d text, "E e" int,
                            constraint pk primary key (a, b));
            alter table t add constraint late unique (d) deferrable initially deferred;
            create unique index covering on t (b) include (d, c);
            create unique index partial on t (a) where c > 0;
            create unique index computed on t (lower(d), "E e" desc);
            create index plain on t using hash (d);
            """);

    Table t = table(catalog, "t");
    assertThat(t.keys())
        .containsExactlyInAnyOrder(
            new Key("pk", List.of("a", "b"), true, false),
            new Key("t_c_key", List.of("c"), false, false),
            new Key("late", List.of("d"), false, true),
            new Key("covering", List.of("b"), false, false));
    assertThat(t.indexes())
        .containsExactlyInAnyOrder(
            new Index("pk", "btree", List.of("a", "b"), true, null),
            new Index("t_c_key", "btree", List.of("c"), true, null),
            new Index("late", "btree", List.of("d"), true, null),
            new Index("covering", "btree", List.of("b"), true, null),
            new Index("partial", "btree", List.of("a"), true, "(c > 0)"),
            new Index("computed", "btree", List.of("lower(d)", "E e"), true, null),
            new Index("plain", "hash", List.of("d"), false, null));
  }

  @Test
  void leavesOutAnIndexThatIsNotValid() throws Exception {
    PGSimpleDataSource database =
        Databases.with("create table t (a int); insert into t values (1), (1)");
    try (Connection c = database.getConnection();
        Statement s = c.createStatement()) {
      try {
        s.execute("create unique index concurrently broken on t (a)");
        throw new AssertionError("duplicates were let through");
      } catch (SQLException e) {
        assertThat(e.getSQLState()).isEqualTo("23505");
      }
    }

    Table t = table(Databases.read(database), "t");
    assertThat(t.keys()).isEmpty();
    assertThat(t.indexes()).isEmpty();
  }

  @Test
  void namesRowsByTheBestKey() throws Exception {
    Catalog catalog =
        readNew(
            """
            create table by_pk (a int unique not null, b int, c int, primary key (b, c));
            create table by_unique (a int not null, b int not null, c int unique,
                                    d int not null unique deferrable,
                                    unique (a, b), constraint z unique (b));
            create table by_nothing (a int unique, b int);
            create domain sure as int not null;
            create table by_domain (a sure unique);
            """);

    assertThat(table(catalog, "by_pk").identity()).containsExactly("b", "c");
    assertThat(table(catalog, "by_unique").identity()).containsExactly("b");
    assertThat(table(catalog, "by_nothing").identity()).isEmpty();
    assertThat(table(catalog, "by_domain").identity()).containsExactly("a");
  }

  @Test
  void pairsTheColumnsOfCompositeKeys() throws Exception {
    Catalog catalog =
        readNew(
            """
            create table parent (x int, gone int, y int, z int, code text unique,
                                 primary key (x, y), unique (z, x));
            alter table parent drop column gone;
            create table child (
              p int, q int, r text,
              constraint swapped foreign key (q, p) references parent (x, y),
              constraint to_unique foreign key (p, q) references parent (z, x),
              constraint to_code foreign key (r) references parent (code));
            """);

    ForeignKey swapped = foreignKey(catalog, "swapped");
    assertThat(swapped.table()).isEqualTo(id("child"));
    assertThat(swapped.columns()).containsExactly("q", "p");
    assertThat(swapped.target()).isEqualTo(id("parent"));
    assertThat(swapped.targetColumns()).containsExactly("x", "y");
    assertThat(foreignKey(catalog, "to_unique").columns()).containsExactly("p", "q");
    assertThat(foreignKey(catalog, "to_unique").targetColumns()).containsExactly("z", "x");
    assertThat(foreignKey(catalog, "to_code").targetColumns()).containsExactly("code");
  }

  @Test
  void knowsEveryTermOfAForeignKey() throws Exception {
    Catalog catalog =
        readNew(
            """
            create table p (a int, b int, primary key (a, b), unique (a));
            create table c (
              a int, b int,
              constraint plain foreign key (a) references p (a),
              constraint restricts foreign key (a) references p (a) on delete restrict,
              constraint cascades foreign key (a) references p (a) on delete cascade,
              constraint nulls foreign key (a, b) references p on delete set null,
              constraint nulls_one foreign key (a, b) references p on delete set null (b),
              constraint defaults foreign key (a, b) references p on delete set default (a),
              constraint whole foreign key (a, b) references p match full,
              constraint can_wait foreign key (a) references p (a) deferrable,
              constraint deferred foreign key (a) references p (a)
                deferrable initially deferred);
            alter table c add constraint unproven foreign key (a) references p (a) not valid;
            """);

    assertThat(foreignKey(catalog, "plain"))
        .isEqualTo(
            new ForeignKey(
                "plain",
                id("c"),
                List.of("a"),
                id("p"),
                List.of("a"),
                Rule.NO_ACTION,
                List.of("a"),
                false,
                false,
                false,
                true,
                true));
    assertThat(foreignKey(catalog, "restricts").onDelete()).isEqualTo(Rule.RESTRICT);
    assertThat(foreignKey(catalog, "cascades").onDelete()).isEqualTo(Rule.CASCADE);
    assertThat(foreignKey(catalog, "nulls").onDelete()).isEqualTo(Rule.SET_NULL);
    assertThat(foreignKey(catalog, "nulls").setColumns()).containsExactly("a", "b");
    assertThat(foreignKey(catalog, "nulls_one").setColumns()).containsExactly("b");
    assertThat(foreignKey(catalog, "defaults").onDelete()).isEqualTo(Rule.SET_DEFAULT);
    assertThat(foreignKey(catalog, "defaults").setColumns()).containsExactly("a");
    assertThat(foreignKey(catalog, "whole").matchFull()).isTrue();
    assertThat(foreignKey(catalog, "can_wait").deferrable()).isTrue();
    assertThat(foreignKey(catalog, "can_wait").initiallyDeferred()).isFalse();
    assertThat(foreignKey(catalog, "deferred").deferrable()).isTrue();
    assertThat(foreignKey(catalog, "deferred").initiallyDeferred()).isTrue();
    assertThat(foreignKey(catalog, "unproven").validated()).isFalse();
    assertThat(foreignKey(catalog, "unproven").enforced()).isTrue();
  }

  @Test
  void knowsKeysThatAreNotEnforced() throws Exception {
    assumeTrue(Databases.serverVersion() >= 18, "NOT ENFORCED came with PostgreSQL 18");
    Catalog catalog =
        readNew(
            """
            create table p (id int primary key);
            create table c (p int, constraint lax foreign key (p) references p not enforced);
            """);

    assertThat(foreignKey(catalog, "lax").enforced()).isFalse();
  }

  @Test
  void takesAKeyWithoutOverlapsForAKey() throws Exception {
    assumeTrue(Databases.serverVersion() >= 18, "WITHOUT OVERLAPS came with PostgreSQL 18");
    Catalog catalog =
        readNew(
            """
            create extension btree_gist;
            create table room (id int, during daterange,
                               primary key (id, during without overlaps));
            """);

    assertThat(table(catalog, "room").identity()).containsExactly("id", "during");
  }

  @Test
  void readsReferencesToTheTableItself() throws Exception {
    Catalog catalog =
        readNew("create table employee (id int primary key, boss int references employee)");

    assertThat(catalog.relations())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.name()).isEqualTo("employee.boss");
              assertThat(r.selfReference()).isTrue();
            });
  }
}
