package org.lethe.trash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.SQLException;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.checklist.FirstPolicy;
import org.lethe.checklist.Sampler;
import org.lethe.collect.BlockedException;
import org.lethe.collect.Roots;
import org.lethe.collect.UnusableTargetException;
import org.lethe.execute.DeletionReport;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.Table;
import org.lethe.testkit.DatabaseDigest;
import org.lethe.testkit.Plaza;
import org.lethe.testkit.Samples;
import org.postgresql.ds.PGSimpleDataSource;

/** Deleted and restored, a database is what it was, byte for byte; from every table as root. */
class RoundTripTest {

  private static final By TESTER = new By("tester", "round trip");

  @Test
  void plaza() throws SQLException {
    assertThat(everyTable(Samples.plaza(), Plaza.policyYaml())).hasSizeGreaterThan(25);
  }

  @Test
  void chinook() throws SQLException {
    assertThat(everyTable(present(Samples.chinook()), null)).hasSizeGreaterThan(7);
  }

  @Test
  void pagila() throws SQLException {
    assertThat(everyTable(present(Samples.pagila()), null)).hasSizeGreaterThan(7);
  }

  private static PGSimpleDataSource present(Optional<PGSimpleDataSource> sample) {
    assumeTrue(sample.isPresent(), "the sample's data is not on this machine");
    return sample.orElseThrow();
  }

  /** The tables from which something went and came back. */
  private static List<String> everyTable(PGSimpleDataSource database, @Nullable String yaml)
      throws SQLException {
    LedgerSchema.migrate(database);
    String policy =
        yaml == null ? FirstPolicy.suggest(Lethe.readCatalog(database), Sampler.NONE) : yaml;
    Lethe lethe = Lethe.of(database, PolicyReader.read("lethe.yaml", policy));
    DatabaseDigest before = DatabaseDigest.of(database);
    List<String> done = new ArrayList<>();
    for (Table table : lethe.catalog().tables().values()) {
      if (table.kind() == Table.Kind.PARTITION) {
        continue;
      }
      String name = lethe.catalog().displayName(table.id());
      Roots roots = new Roots.Where(table.id(), "ctid = '(0,3)'");
      try {
        DeletionReport report = lethe.trash().delete(roots, Period.ofDays(30), TESTER);
        if (report.deletion() == null) {
          continue;
        }
        assertThat(DatabaseDigest.of(database).differenceFrom(before)).as(name).isNotEmpty();
        RestoreReport restored =
            lethe.trash().restore(Objects.requireNonNull(report.deletion()), TESTER);
        assertThat(restored.counts().deleted()).as(name).isEqualTo(report.counts().deleted());
        assertThat(DatabaseDigest.of(database).differenceFrom(before)).as(name).isEmpty();
        done.add(name);
      } catch (BlockedException | UnusableTargetException e) {
        // Nothing went.
      }
    }
    return done;
  }
}
