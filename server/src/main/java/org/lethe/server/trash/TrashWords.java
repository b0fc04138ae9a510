package org.lethe.server.trash;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.lethe.trash.Deletion;

/** How the trash is put into words. */
final class TrashWords {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private TrashWords() {}

  static String time(Instant at) {
    return TIME.format(at);
  }

  static String state(Deletion.State state) {
    return switch (state) {
      case IN_TRASH -> "in the trash";
      case RESTORED -> "restored";
      case PURGED -> "purged";
    };
  }

  /** {@code purges in 12 days}. */
  static String outlook(Deletion deletion, Instant now) {
    if (deletion.state() != Deletion.State.IN_TRASH) {
      return state(deletion.state())
          + " "
          + time(Objects.requireNonNullElse(deletion.settledAt(), deletion.deletedAt()));
    }
    Duration left = Duration.between(now, deletion.keepUntil());
    if (left.isNegative()) {
      return "purges at the next run";
    }
    long days = left.toDays();
    long hours = left.toHours();
    if (days > 0) {
      return "purges in " + days + (days == 1 ? " day" : " days");
    }
    return hours > 0
        ? "purges in " + hours + (hours == 1 ? " hour" : " hours")
        : "purges within the hour";
  }
}
