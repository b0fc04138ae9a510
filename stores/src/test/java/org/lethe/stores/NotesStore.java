package org.lethe.stores;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.lethe.store.Answer;
import org.lethe.store.Description;
import org.lethe.store.ExportSink;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Store;
import org.lethe.store.Subject;

/** The example of docs/stores.md: a store of one's own. */
public record NotesStore(Map<String, String> notes) implements Store {

  @Override
  public Description describe() {
    return new Description("notes", "notes", true, true, "");
  }

  @Override
  public void locate(Subject who, Consumer<Locator> found) {
    who.values("customer_id").stream()
        .filter(notes::containsKey)
        .forEach(id -> found.accept(new Locator("notes", id)));
  }

  @Override
  public void export(Locator piece, ExportSink to) {
    Optional.ofNullable(notes.get(piece.handle()))
        .ifPresent(note -> to.record("notes", Map.of("note", note)));
  }

  @Override
  public Answer erase(Locator piece) {
    boolean gone = notes.remove(piece.handle()) != null;
    return new Answer.Done(gone ? Outcome.REMOVED : Outcome.NOT_FOUND, gone ? 1 : 0);
  }

  @Override
  public boolean holds(Locator piece) {
    return notes.containsKey(piece.handle());
  }
}
