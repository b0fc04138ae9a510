package org.lethe.bench.report;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** A plot of seconds by rows, both by powers of ten; the same scale for all. Not thread-safe. */
final class LogAxes {

  static final int OUTER_WIDTH = 260;
  static final int OUTER_HEIGHT = 200;

  private static final double ROOM = 0.05;
  private static final int LEFT = 54;
  private static final int TOP = 22;
  private static final int WIDTH = OUTER_WIDTH - LEFT - 8;
  private static final int HEIGHT = OUTER_HEIGHT - TOP - 26;

  /** Logarithms: no room is wasted beside the first and the last point. */
  private double rowsFrom = Double.POSITIVE_INFINITY;

  private double rowsTo = Double.NEGATIVE_INFINITY;
  private int secondsFrom = Integer.MAX_VALUE;
  private int secondsTo = Integer.MIN_VALUE;

  /** Makes room for a point. */
  void cover(double rows, double seconds) {
    rowsFrom = Math.min(rowsFrom, Math.log10(rows) - ROOM);
    rowsTo = Math.max(rowsTo, Math.log10(rows) + ROOM);
    secondsFrom = Math.min(secondsFrom, (int) Math.floor(Math.log10(seconds)));
    secondsTo = Math.max(secondsTo, (int) Math.ceil(Math.log10(seconds)));
  }

  /** The grid with its words. */
  String frame(String title) {
    StringBuilder svg =
        new StringBuilder(
            "<text class=\"head\" x=\"%d\" y=\"14\">%s</text>".formatted(LEFT, title));
    for (int power = (int) Math.ceil(rowsFrom); power <= rowsTo; power++) {
      double x = x(Math.pow(10, power));
      svg.append(path(x, TOP, x, TOP + HEIGHT));
      svg.append(text(x, TOP + HEIGHT + 14, "middle", rows(power)));
    }
    for (int power = secondsFrom; power <= secondsTo; power++) {
      double y = y(Math.pow(10, power));
      svg.append(path(LEFT, y, LEFT + WIDTH, y));
      svg.append(text(LEFT - 5, y + 4, "end", seconds(power)));
    }
    return svg.append('\n').toString();
  }

  /** A line with its points; the kind is its class. */
  String line(String kind, SortedMap<Double, Double> points) {
    String line =
        points.entrySet().stream()
            .map(p -> "%s,%s".formatted(place(x(p.getKey())), place(y(p.getValue()))))
            .collect(Collectors.joining(" "));
    StringBuilder svg =
        new StringBuilder("<polyline class=\"%s\" points=\"%s\"/>".formatted(kind, line));
    for (Map.Entry<Double, Double> p : points.entrySet()) {
      svg.append(
          "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3\"><title>%,.0f rows: %s s</title></circle>"
              .formatted(
                  kind,
                  place(x(p.getKey())),
                  place(y(p.getValue())),
                  p.getKey(),
                  Figures.number(p.getValue())));
    }
    return svg.append('\n').toString();
  }

  private double x(double rows) {
    return LEFT + WIDTH * (Math.log10(rows) - rowsFrom) / (rowsTo - rowsFrom);
  }

  private double y(double seconds) {
    return TOP + HEIGHT * (secondsTo - Math.log10(seconds)) / Math.max(1, secondsTo - secondsFrom);
  }

  private static String path(double x1, double y1, double x2, double y2) {
    return "<path class=\"grid\" d=\"M%s %sL%s %s\"/>"
        .formatted(place(x1), place(y1), place(x2), place(y2));
  }

  private static String text(double x, double y, String anchor, String text) {
    return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
        .formatted(place(x), place(y), anchor, text);
  }

  private static String place(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String rows(int power) {
    return switch (power) {
      case 3 -> "1k";
      case 4 -> "10k";
      case 5 -> "100k";
      case 6 -> "1M";
      case 7 -> "10M";
      case 8 -> "100M";
      default -> "1e" + power;
    };
  }

  private static String seconds(int power) {
    return switch (power) {
      case -4 -> "0.1 ms";
      case -3 -> "1 ms";
      case -2 -> "10 ms";
      case -1 -> "0.1 s";
      default -> String.format(Locale.ROOT, "%,.0f s", Math.pow(10, power));
    };
  }
}
