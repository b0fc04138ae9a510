package org.lethe.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;

/** The tables of accounts beside those of the ledger. */
class AccountSchemaTest {

  private final PGSimpleDataSource database = PostgresServer.shared().createDatabase();

  @Test
  void theLatestMigrationIsKnownByNumber() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(AccountSchema.class.getResource("postgresql")).toURI());
    try (Stream<Path> scripts = Files.list(folder)) {
      assertThat(
              scripts
                  .map(f -> f.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"))
                  .mapToInt(Integer::parseInt)
                  .max())
          .hasValue(AccountSchema.LATEST);
    }
  }

  @Test
  void theLedgerComesWithThem() {
    assertThat(AccountSchema.isCurrent(database)).isFalse();
    LedgerSchema.migrate(database);
    assertThat(AccountSchema.isCurrent(database)).isFalse();
    AccountSchema.migrate(database);
    assertThat(AccountSchema.isCurrent(database)).isTrue();
    assertThat(LedgerSchema.isCurrent(database)).isTrue();
    AccountSchema.migrate(database);
  }

  @Test
  void severalProcessesMayStartAtOnce() throws Exception {
    ExecutorService many = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> starts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        starts.add(many.submit(() -> AccountSchema.migrate(database)));
      }
      for (Future<?> start : starts) {
        start.get();
      }
      assertThat(AccountSchema.isCurrent(database)).isTrue();
    } finally {
      many.shutdownNow();
    }
  }
}
