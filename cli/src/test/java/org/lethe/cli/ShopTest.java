package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What tests in a shop's database have in common: it, the command line on it, the trash. */
@SuppressWarnings("NullAway") // JUnit sets the fields
abstract class ShopTest {

  static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  @TempDir Path folder;
  PGSimpleDataSource database;
  Cli cli;

  @BeforeEach
  void prepare() {
    database = ShopDatabase.create();
    cli = new Cli().db(ShopDatabase.url(database));
  }

  final long rows(String table) {
    Long rows =
        new JdbcTemplate(database).queryForObject("select count(*) from " + table, Long.class);
    return rows == null ? -1 : rows;
  }

  final boolean ledgerExists() {
    return rows("pg_namespace where nspname = 'lethe'") == 1;
  }

  final Cli.Result done(String... args) {
    Cli.Result result = cli.run(args);
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    return result;
  }

  /** The id of what was put into the trash. */
  final String trashed(String... keys) {
    String[] args = {"delete", "--yes", "-q", "--actor", "ada", "--reason", "by phone"};
    String[] all = new String[args.length + keys.length];
    System.arraycopy(args, 0, all, 0, args.length);
    System.arraycopy(keys, 0, all, args.length, keys.length);
    Cli.Result result = done(all);
    assertThat(result.err()).isEmpty();
    Matcher id = ID.matcher(result.out());
    assertThat(id.find()).as(result.out()).isTrue();
    return id.group();
  }

  /** As if it had happened days ago. */
  final void age(String id, int days) {
    PostgresServer.execute(
        database,
        "update lethe.deletion set keep_until = keep_until - interval '%d days' where deletion_id = '%s'"
            .formatted(days, id));
  }

  static String masked(String text) {
    return text.replaceAll(ID.pattern(), "UUID")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d", "YYYY-MM-DD HH:MM")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "INSTANT")
        .replaceAll("(?m)^[0-9a-f]{8} ", "SHORT    ")
        .replaceAll("(restore|hold) [0-9a-f]{8}\\b", "$1 SHORT")
        .replaceAll("(?<=SHORT      )[0-9a-f]{8}\\b", "SHORT   ")
        .replaceAll("in \\d+ ms|in \\d+\\.\\d s", "in TIME")
        .replaceAll("\"duration_ms\" : \\d+", "\"duration_ms\" : 0");
  }
}
