package org.lethe.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Period;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.schema.TableId;
import org.lethe.testkit.DatabaseDigest;

/** Random removals from random tables with values of every type, undone. */
class TrashProperties {

  private static final int REMOVALS_PER_DATABASE = 5;

  /** Each would change how values read as text, or how texts are read, if it were heeded. */
  private static final List<String> SETTINGS =
      List.of(
          "reset all",
          "set datestyle = 'ISO, DMY'; set timezone = 'Asia/Kathmandu'",
          "set datestyle = 'ISO, MDY'; set timezone = 'America/St_Johns'; set intervalstyle = 'sql_standard'",
          "set intervalstyle = 'iso_8601'; set bytea_output = 'escape'",
          "set extra_float_digits = -15; set lc_monetary = 'C.UTF-8'",
          "set extra_float_digits = 0; set xmloption = 'document'",
          "set array_nulls = off",
          "set quote_all_identifiers = on; set standard_conforming_strings = off; set escape_string_warning = off",
          "set default_transaction_isolation = 'serializable'; set transform_null_equals = on",
          "set timezone = 'UTC+3:30'; set enable_seqscan = off");

  private final TrashOracle oracle = TrashOracle.SHARED;

  /** Several removals after each other, undone from the last to the first. */
  @Property
  void whatComesBackIsAsItWas(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int tables,
      @ForAll @IntRange(min = 1, max = 9) int rows) {
    Random random = new Random(seed);
    RandomDatabase database = new RandomDatabase(random, tables, rows, random.nextBoolean());
    oracle.create(database);
    oracle.jdbc().execute(TypedValues.columns(random, database, TrashOracle.SCHEMA));
    Lethe lethe = oracle.lethe(database);
    Deque<UUID> deletions = new ArrayDeque<>();
    Deque<DatabaseDigest> states = new ArrayDeque<>();
    for (int i = 0; i < REMOVALS_PER_DATABASE; i++) {
      DatabaseDigest before = oracle.digest();
      otherSettings(random);
      UUID id = oracle.delete(lethe, random, database);
      if (id != null) {
        deletions.push(id);
        states.push(before);
      }
    }
    while (!deletions.isEmpty()) {
      otherSettings(random);
      assertThat(lethe.trash().restore(deletions.pop(), TrashOracle.TESTER).conflicts()).isEmpty();
      assertThat(oracle.digest().differenceFrom(states.pop())).isEmpty();
    }
  }

  @Example
  void everyValueUnderEverySetting() {
    String table = TrashOracle.SCHEMA + ".every_value";
    oracle.create(new RandomDatabase(new Random(1), 1, 1, true));
    oracle.jdbc().execute(TypedValues.everyValue(table));
    Lethe lethe = oracle.lethe();
    DatabaseDigest before = oracle.digest();
    Roots all = new Roots.Where(new TableId(TrashOracle.SCHEMA, "every_value"), "true");
    for (String setting : SETTINGS) {
      oracle.jdbc().execute(setting);
      UUID id =
          Objects.requireNonNull(
              lethe.trash().delete(all, Period.ofDays(30), TrashOracle.TESTER).deletion());
      assertThat(oracle.digest().rows(table)).isZero();
      oracle.jdbc().execute(setting);
      lethe.trash().restore(id, TrashOracle.TESTER);
      assertThat(oracle.digest().differenceFrom(before)).as(setting).isEmpty();
    }
  }

  private void otherSettings(Random random) {
    oracle.jdbc().execute(SETTINGS.get(random.nextInt(SETTINGS.size())));
  }
}
