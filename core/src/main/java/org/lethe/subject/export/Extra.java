package org.lethe.subject.export;

import java.util.List;
import org.lethe.store.Store;
import org.lethe.subject.Person;
import org.springframework.jdbc.core.JdbcOperations;

/** What is known of a person beside the rows of this database: its trash, or another store. */
public interface Extra {

  /** For people, such as "sessions (redis)"; says nothing personal. */
  String name();

  /** Whether it is read from this database; then it sees the same moment as everything else. */
  default boolean ofDatabase() {
    return false;
  }

  /**
   * Hands out everything of a person. Read once; nothing need fit into memory.
   *
   * @param snapshot the database as it is exported
   * @throws org.lethe.store.StoreException if it cannot be asked: then the export says so
   */
  void read(Person person, JdbcOperations snapshot, ExtraSink to);

  /** One for each store that hands data out. */
  static List<Extra> of(List<Store> stores) {
    return stores.stream().<Extra>map(StoreExtra::new).toList();
  }
}
