package org.lethe.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Tables and the relations between them. Edges point from the referencing child to the referenced
 * parent; a removal travels against them. Immutable, safe to share.
 */
public final class RelationGraph {

  private final List<Relation> relations;
  private final Map<TableId, List<Relation>> byParent = new HashMap<>();
  private final Map<TableId, List<Relation>> byChild = new HashMap<>();

  public RelationGraph(Collection<? extends Relation> relations) {
    List<Relation> sorted = new ArrayList<>(relations);
    sorted.sort(Comparator.comparing(Relation::name).thenComparing(Relation::parent));
    this.relations = List.copyOf(sorted);
    for (Relation r : this.relations) {
      byParent.computeIfAbsent(r.parent(), t -> new ArrayList<>()).add(r);
      byChild.computeIfAbsent(r.child(), t -> new ArrayList<>()).add(r);
    }
  }

  /** All relations, sorted by name. */
  public List<Relation> relations() {
    return relations;
  }

  /** Relations by which other rows hang on rows of {@code parent}. */
  public List<Relation> into(TableId parent) {
    return List.copyOf(byParent.getOrDefault(parent, List.of()));
  }

  /** Relations by which rows of {@code child} hang on others. */
  public List<Relation> outOf(TableId child) {
    return List.copyOf(byChild.getOrDefault(child, List.of()));
  }

  /**
   * Tables that a removal starting at {@code roots} can reach over relations that {@code followed}
   * accepts.
   */
  public Set<TableId> reach(Collection<TableId> roots, Predicate<Relation> followed) {
    return distances(roots, followed).keySet();
  }

  /** The same with each table's distance in relations from the nearest root; nearest first. */
  public Map<TableId, Integer> distances(Collection<TableId> roots, Predicate<Relation> followed) {
    Map<TableId, Integer> distance = new LinkedHashMap<>();
    Deque<TableId> queue = new ArrayDeque<>();
    new TreeSet<>(roots)
        .forEach(
            root -> {
              distance.put(root, 0);
              queue.add(root);
            });
    while (!queue.isEmpty()) {
      TableId table = queue.remove();
      int next = distance.getOrDefault(table, 0) + 1;
      for (Relation r : into(table)) {
        if (followed.test(r) && distance.putIfAbsent(r.child(), next) == null) {
          queue.add(r.child());
        }
      }
    }
    return distance;
  }

  /**
   * Strongly connected components of {@code tables}, parents before children: a component depends
   * only on those before it. Only relations that {@code counted} accepts are edges.
   */
  public List<Set<TableId>> components(Collection<TableId> tables, Predicate<Relation> counted) {
    return new Components(new TreeSet<>(tables), counted).find();
  }

  /** Tarjan's algorithm, iterative so that long chains of tables cannot exhaust the stack. */
  private final class Components {
    private final Set<TableId> tables;
    private final Predicate<Relation> counted;
    private final Map<TableId, Integer> index = new HashMap<>();
    private final Map<TableId, Integer> low = new HashMap<>();
    private final Deque<TableId> stack = new ArrayDeque<>();
    private final Set<TableId> onStack = new LinkedHashSet<>();
    private final List<Set<TableId>> found = new ArrayList<>();

    Components(Set<TableId> tables, Predicate<Relation> counted) {
      this.tables = tables;
      this.counted = counted;
    }

    List<Set<TableId>> find() {
      for (TableId table : tables) {
        if (!index.containsKey(table)) {
          visit(table);
        }
      }
      // Edges are followed from child to parent, so a component is complete only after every
      // component it depends on: the order found is parents first.
      return found;
    }

    private record Frame(TableId table, Iterator<TableId> parents) {}

    private void visit(TableId start) {
      Deque<Frame> frames = new ArrayDeque<>();
      frames.push(enter(start));
      while (!frames.isEmpty()) {
        Frame frame = frames.element();
        if (frame.parents().hasNext()) {
          TableId parent = frame.parents().next();
          if (!index.containsKey(parent)) {
            frames.push(enter(parent));
          } else if (onStack.contains(parent)) {
            low.merge(frame.table(), index.getOrDefault(parent, 0), Math::min);
          }
        } else {
          frames.pop();
          if (!frames.isEmpty()) {
            low.merge(frames.element().table(), low.getOrDefault(frame.table(), 0), Math::min);
          }
          leave(frame.table());
        }
      }
    }

    private Frame enter(TableId table) {
      index.put(table, index.size());
      low.put(table, index.size() - 1);
      stack.push(table);
      onStack.add(table);
      List<TableId> parents =
          outOf(table).stream()
              .filter(counted)
              .map(Relation::parent)
              .filter(tables::contains)
              .distinct()
              .sorted()
              .toList();
      return new Frame(table, parents.iterator());
    }

    private void leave(TableId table) {
      if (!low.getOrDefault(table, 0).equals(index.get(table))) {
        return;
      }
      Set<TableId> component = new TreeSet<>();
      TableId member;
      do {
        member = stack.pop();
        onStack.remove(member);
        component.add(member);
      } while (!member.equals(table));
      found.add(component);
    }
  }
}
