package org.lethe.subject.export;

import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.lethe.subject.Person;
import org.springframework.jdbc.core.JdbcOperations;

/** A store, read piece by piece. */
record StoreExtra(Store store) implements Extra {

  @Override
  public String name() {
    return store.describe().name() + " (" + store.describe().kind() + ")";
  }

  @Override
  public void read(Person person, JdbcOperations snapshot, ExtraSink to) {
    if (!store.describe().exports()) {
      throw new StoreException(store.describe().name() + " cannot hand data out", false);
    }
    store.locate(person.subject(), piece -> store.export(piece, to));
  }
}
