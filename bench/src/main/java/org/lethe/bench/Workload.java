package org.lethe.bench;

import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.lethe.bench.data.Size;

/** What there is to do. */
public enum Workload {
  W1("preview: count what would go with user 1, per table"),
  W2("delete user 1, on whom one row in a hundred hangs"),
  W3("delete 1,000 ordinary users at once"),
  W4("export all that hangs on user 1 as JSON"),
  W5("purge the older half of the events, 10,000 rows a time"),
  ONE("delete 1,000 ordinary users, one by one"),
  TRASH("delete user 1 into the trash"),
  RESTORE("bring user 1 back from the trash"),
  ERASE("erase 1,000 people"),
  CATALOG(
      "read a schema of 250 tables and 450 references: the first time in a fresh JVM, and"
          + " percentiles of 20 times after that"),
  PAGE("the admin's page that asks before user 1 is deleted, 30 times"),
  PAGE_ONE("the same page of 200 ordinary users");

  /** What it works on. */
  public enum Data {
    /** The forum. */
    FORUM,
    /** One long table. */
    EVENTS,
    /** Many tables without rows. */
    CATALOG
  }

  private static final int MANY = 1_000;

  private final String title;

  Workload(String title) {
    this.title = title;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** What it works on. */
  public Data data() {
    return switch (this) {
      case W5 -> Data.EVENTS;
      case CATALOG -> Data.CATALOG;
      default -> Data.FORUM;
    };
  }

  /** Whether it makes a difference what the database's references say. */
  public boolean knowsReferences() {
    return data() == Data.FORUM && this != PAGE && this != PAGE_ONE;
  }

  /** The users it is about, perhaps over and over. */
  public List<Long> roots(Size size) {
    return switch (this) {
      case W3, ONE, ERASE -> spread(size, MANY);
      case PAGE_ONE -> spread(size, 200);
      case PAGE -> Collections.nCopies(30, 1L);
      case CATALOG -> Collections.nCopies(20, 1L);
      default -> List.of(1L);
    };
  }

  /** Evenly spread, for who came early owns more; no more than a tenth of all. */
  private static List<Long> spread(Size size, int wanted) {
    int many = (int) Math.min(wanted, size.users() / 10);
    return LongStream.range(0, many)
        .map(k -> 2 + (long) ((k + 0.5) * (size.users() - 2) / many))
        .boxed()
        .toList();
  }
}
