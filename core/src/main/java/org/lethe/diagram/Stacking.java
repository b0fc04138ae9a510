package org.lethe.diagram;

import java.util.ArrayList;
import java.util.List;
import org.lethe.diagram.Vertex.Segment;

/**
 * Gives each vertex its height on the page: as near as the order allows to what it is tied to. Each
 * layer is a least-squares fit under "keep the order and the gaps", solved exactly by pooling
 * adjacent violators.
 */
final class Stacking {

  private static final double GAP = 18;
  private static final double NARROW_GAP = 9;
  private static final int ROUNDS = 12;

  private Stacking() {}

  static void stack(List<List<Vertex>> layers) {
    for (List<Vertex> layer : layers) {
      double y = 0;
      for (int i = 0; i < layer.size(); i++) {
        y += i == 0 ? 0 : distance(layer.get(i - 1), layer.get(i));
        layer.get(i).top = y;
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      boolean down = round % 2 == 0;
      boolean both = round >= ROUNDS - 2;
      for (int i = 0; i < layers.size(); i++) {
        fit(layers.get(down ? i : layers.size() - 1 - i), down || both, !down || both);
      }
    }
    double highest = layers.stream().flatMap(List::stream).mapToDouble(v -> v.top).min().orElse(0);
    layers.forEach(layer -> layer.forEach(v -> v.top -= highest));
  }

  /** From the top of one to the top of the next below it. */
  private static double distance(Vertex above, Vertex below) {
    boolean narrow = above.node == null && below.node == null;
    return above.height() + (narrow ? NARROW_GAP : GAP);
  }

  private static double wish(Vertex v, boolean in, boolean out) {
    double sum = 0;
    int count = 0;
    if (in || v.out.isEmpty()) {
      for (Segment s : v.in) {
        sum += s.from().top + s.fromPort() - s.toPort();
        count++;
      }
    }
    if (out || v.in.isEmpty()) {
      for (Segment s : v.out) {
        sum += s.to().top + s.toPort() - s.fromPort();
        count++;
      }
    }
    return count == 0 ? v.top : sum / count;
  }

  private static void fit(List<Vertex> layer, boolean in, boolean out) {
    // Subtracting each vertex's least distance from the first turns "keep the gaps" into
    // "never decrease".
    double[] least = new double[layer.size()];
    List<double[]> blocks = new ArrayList<>(); // sum, count
    for (int i = 0; i < layer.size(); i++) {
      least[i] = i == 0 ? 0 : least[i - 1] + distance(layer.get(i - 1), layer.get(i));
      blocks.add(new double[] {wish(layer.get(i), in, out) - least[i], 1});
      while (blocks.size() > 1) {
        double[] last = blocks.get(blocks.size() - 1);
        double[] before = blocks.get(blocks.size() - 2);
        if (before[0] / before[1] <= last[0] / last[1]) {
          break;
        }
        before[0] += last[0];
        before[1] += last[1];
        blocks.remove(blocks.size() - 1);
      }
    }
    int i = 0;
    for (double[] block : blocks) {
      for (int n = 0; n < block[1]; n++, i++) {
        layer.get(i).top = block[0] / block[1] + least[i];
      }
    }
  }
}
