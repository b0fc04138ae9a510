package org.lethe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever is typed wrong about the trash. */
@SuppressWarnings("NullAway") // JUnit sets the fields
class BadTrashInputTest {

  private static String url;

  private final BadInput input = new BadInput(url);

  @BeforeAll
  static void prepare() {
    url = ShopDatabase.url(ShopDatabase.create());
  }

  @TestFactory
  Stream<DynamicTest> oneClearLine() {
    input.add("id that is none", 2, "xyzzy is no id", "restore", "xyzzy", "--yes");
    input.add("id too short", 2, "at least the first 4", "trash", "show", "1f0");
    input.add("id too long", 2, "is no id", "restore", "0".repeat(33), "--yes");
    input.add("no id", 2, "Missing required parameter: 'ID'", "restore");
    input.add("no ledger", 2, TrashSession.NOTHING_YET, "restore", "1f0c", "--yes");
    input.add("no ledger to show", 2, TrashSession.NOTHING_YET, "trash", "show", "1f0c");
    input.add("nobody to confirm a restore", 2, "add --yes", "restore", "1f0c");
    input.add("mistyped command of the trash", 2, "did you mean list?", "trash", "lst");
    input.add(
        "unknown option of a nested command", 2, "unknown option --al", "trash", "list", "--al");
    input.add("no limit at all", 2, "--limit must be positive", "trash", "list", "--limit", "0");
    input.add("hold without a reason", 2, "'--reason=TEXT'", "hold", "add", "1f0c");
    input.add("hold for no reason", 2, "--reason must say", "hold", "add", "1f0c", "--reason", " ");
    until("day that is none", "tomorrow", "is a date such as");
    until("day that is over", "2001-01-01", "is over already");
    removal("period that is none", "--keep is a period", "--keep", "30 days");
    removal("period of nothing", "--keep is a period", "--keep", "P0D");
    removal("period that ends before it begins", "--keep is a", "--keep", "P-1D");
    removal("keep nothing", "is for the trash", "--permanently", "--keep", "P30D");
    removal("what was an option once", "leave out --trash", "--trash");
    removal("nobody", "--actor needs a name", "--actor", " ");
    input.add("purge of nothing", 2, "--max-rows must be positive", "purge", "--max-rows", "0");
    input.add("purge at no rate", 2, "--rate must be positive", "purge", "--rate", "-5");
    input.add("time that is none", 2, "--max-time is a time", "purge", "--max-time", "5m");
    input.add("time of nothing", 2, "--max-time is a time", "purge", "--max-time", "PT0S");
    input.add(
        "nobody to confirm an end", 2, "or lethe trash show 1f0c to", "trash", "purge", "1f0c");
    input.add("no ledger to purge", 2, TrashSession.NOTHING_YET, "trash", "purge", "1f0c", "-y");
    input.add("no such act", 2, "did you mean verify?", "audit", "verfy");
    input.add("audit of nothing", 2, "--limit must be positive", "audit", "list", "--limit", "-1");
    return input.tests(25);
  }

  private void until(String name, String date, String says) {
    input.add(name, 2, says, "hold", "add", "1f0c", "--reason", "why", "--until", date);
  }

  private void removal(String name, String says, String... options) {
    List<String> args = new ArrayList<>(List.of("delete", "customer", "1", "--yes"));
    args.addAll(List.of(options));
    input.add(name, 2, says, args.toArray(String[]::new));
  }
}
