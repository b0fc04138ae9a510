package org.lethe.subject.export;

import java.util.List;
import java.util.Optional;
import org.lethe.collect.PathStep;
import org.lethe.dialect.Dialect;
import org.lethe.schema.TableId;
import org.lethe.subject.Holdings;

/** What a person has in this database, in one snapshot of it. */
interface Theirs {

  /** Nothing: for somebody whose row is only in the trash. */
  Theirs NOTHING =
      new Theirs() {
        @Override
        public List<Part> parts() {
          return List.of();
        }

        @Override
        public List<PathStep> why(TableId table, List<String> key) {
          return List.of();
        }
      };

  /** Tables with rows of theirs, parents before children. */
  List<Part> parts();

  /** Why a row is theirs: the path to it; empty if it is not. */
  List<PathStep> why(TableId table, List<String> key);

  /** What must stand before a query that uses a part; empty for nothing. */
  default String with() {
    return "";
  }

  default Optional<Part> part(TableId table) {
    return parts().stream().filter(p -> p.table().id().equals(table)).findFirst();
  }

  /** As collected into temporary tables. */
  static Theirs of(Holdings holdings, Dialect dialect) {
    List<Part> parts =
        holdings.tables().stream()
            .map(
                h ->
                    new Part(
                        h.table(),
                        h.rows(),
                        h.shared(),
                        h.from(dialect),
                        h.isShared(),
                        h.all().name()))
            .toList();
    return new Theirs() {
      @Override
      public List<Part> parts() {
        return parts;
      }

      @Override
      public List<PathStep> why(TableId table, List<String> key) {
        return holdings.why(table, key);
      }
    };
  }
}
