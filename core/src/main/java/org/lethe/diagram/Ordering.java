package org.lethe.diagram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.lethe.diagram.Vertex.Segment;

/** Orders the vertices of each layer so that few edges cross: barycentre sweeps, best one kept. */
final class Ordering {

  private static final int SWEEPS = 16;

  private Ordering() {}

  static void reduceCrossings(List<List<Vertex>> layers) {
    List<List<Vertex>> best = copy(layers);
    long fewest = crossings(layers);
    for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
      if (sweep % 2 == 0) {
        for (int i = 1; i < layers.size(); i++) {
          sort(layers.get(i), v -> mean(v.in, true));
        }
      } else {
        for (int i = layers.size() - 2; i >= 0; i--) {
          sort(layers.get(i), v -> mean(v.out, false));
        }
      }
      long now = crossings(layers);
      if (now < fewest) {
        fewest = now;
        best = copy(layers);
      }
    }
    for (int i = 0; i < layers.size(); i++) {
      layers.set(i, best.get(i));
      number(layers.get(i));
    }
  }

  /** Where a vertex would like to stand; its own place if nothing pulls it. */
  private static double mean(List<Segment> segments, boolean incoming) {
    return segments.stream()
        .mapToDouble(s -> (incoming ? s.from() : s.to()).order)
        .average()
        .orElse(-1);
  }

  private static void sort(List<Vertex> layer, ToDoubleFunction<Vertex> wish) {
    Comparator<Vertex> byWish =
        Comparator.comparingDouble(
            v -> {
              double wished = wish.applyAsDouble(v);
              return wished < 0 ? v.order : wished;
            });
    layer.sort(byWish);
    number(layer);
  }

  static void number(List<Vertex> layer) {
    for (int i = 0; i < layer.size(); i++) {
      layer.get(i).order = i;
    }
  }

  private static List<List<Vertex>> copy(List<List<Vertex>> layers) {
    List<List<Vertex>> copy = new ArrayList<>();
    layers.forEach(layer -> copy.add(new ArrayList<>(layer)));
    return copy;
  }

  static long crossings(List<List<Vertex>> layers) {
    long crossings = 0;
    for (List<Vertex> layer : layers) {
      List<Segment> segments = new ArrayList<>();
      layer.forEach(v -> segments.addAll(v.out));
      segments.sort(
          Comparator.comparingInt((Segment s) -> s.from().order)
              .thenComparingInt(s -> s.to().order));
      crossings += inversions(segments.stream().mapToInt(s -> s.to().order).toArray());
    }
    return crossings;
  }

  /** Pairs out of order, counted with a Fenwick tree. */
  private static long inversions(int[] places) {
    int size = 1;
    for (int place : places) {
      size = Math.max(size, place + 1);
    }
    int[] tree = new int[size + 1];
    long inversions = 0;
    for (int seen = 0; seen < places.length; seen++) {
      int notAbove = 0;
      for (int i = places[seen] + 1; i > 0; i -= i & -i) {
        notAbove += tree[i];
      }
      inversions += seen - notAbove;
      for (int i = places[seen] + 1; i <= size; i += i & -i) {
        tree[i]++;
      }
    }
    return inversions;
  }
}
