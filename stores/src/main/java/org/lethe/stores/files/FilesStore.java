package org.lethe.stores.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.lethe.store.Answer;
import org.lethe.store.Description;
import org.lethe.store.ExportSink;
import org.lethe.store.FullSearch;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Shape;
import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.lethe.store.StoreSettings;
import org.lethe.store.Subject;
import org.lethe.stores.Handle;
import org.lethe.stores.Mentions;
import org.lethe.stores.Shapes;
import org.lethe.stores.Values;

/** Files of people in directories below a root. Thread-safe. */
final class FilesStore implements Store, FullSearch {

  private static final String PATH = "path";

  /** How many leading directories stay, even empty: the policy names them, not the person. */
  private static final String KEEP = "keep";

  private static final int SAMPLE = 20_000;

  private final String name;
  private final Path root;
  private final List<PathPattern> patterns = new ArrayList<>();

  FilesStore(StoreSettings settings) {
    name = settings.name();
    root = Path.of(settings.text(FilesStoreFactory.KIND));
    if (!root.isAbsolute()) {
      throw settings.fault(FilesStoreFactory.KIND, "is not an absolute path", "write it from / on");
    }
    for (String path : settings.texts("paths")) {
      patterns.add(new PathPattern(settings, "paths", path));
    }
    if (patterns.isEmpty()) {
      throw settings.fault("paths", "is missing", "list patterns such as avatars/{customer_id}.*");
    }
  }

  @Override
  public Description describe() {
    return new Description(
        name,
        FilesStoreFactory.KIND,
        true,
        true,
        "symbolic links are never followed; snapshots and backups of the directory keep what they"
            + " have");
  }

  @Override
  public void locate(Subject who, Consumer<Locator> found) {
    ask(
        tree -> {
          Set<String> seen = new HashSet<>();
          for (PathPattern pattern : patterns) {
            for (Map<String, String> values : Values.of(who, pattern.columns())) {
              tree.find(
                  pattern.names(values),
                  path -> {
                    String relative = tree.relative(path);
                    if (seen.add(relative)) {
                      found.accept(
                          Handle.of(PATH, relative)
                              .and(KEEP, Integer.toString(pattern.fixed()))
                              .at(pattern.place()));
                    }
                  });
            }
          }
          return true;
        });
  }

  @Override
  public void export(Locator piece, ExportSink to) {
    String relative = Handle.of(piece).get(piece, PATH);
    ask(
        tree -> {
          Optional<Path> path = tree.again(relative);
          if (path.isPresent()) {
            export(piece.place(), relative, path.get(), to);
          }
          return true;
        });
  }

  private static void export(String place, String relative, Path path, ExportSink to)
      throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      String sort = Tree.isDirectory(path) ? "empty directory" : "link";
      to.record(place, Map.of("path", relative, "sort", sort));
      return;
    }
    try (InputStream content = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      to.file(place, relative, content);
    } catch (NoSuchFileException e) {
      // Gone by now.
    }
  }

  @Override
  public Answer erase(Locator piece) {
    Handle handle = Handle.of(piece);
    String relative = handle.get(piece, PATH);
    int keep = handle.number(piece, KEEP);
    return ask(
        tree -> {
          Optional<Path> path = tree.again(relative);
          boolean gone = path.isPresent() && delete(path.get());
          // Also where the file is gone already: a crash may have come in between.
          removeEmptied(tree, relative, keep);
          return gone ? new Answer.Done(Outcome.REMOVED, 1) : new Answer.Done(Outcome.NOT_FOUND, 0);
        });
  }

  private static boolean delete(Path path) throws IOException {
    try {
      return Files.deleteIfExists(path);
    } catch (DirectoryNotEmptyException e) {
      // Somebody put something there since; it is found when the next one looks.
      return false;
    }
  }

  private static void removeEmptied(Tree tree, String relative, int keep) throws IOException {
    List<String> names = List.of(relative.split("/", -1));
    for (int length = names.size() - 1; length > keep; length--) {
      Optional<Path> directory = tree.again(String.join("/", names.subList(0, length)));
      if (directory.isPresent()
          && !(Tree.isDirectory(directory.get()) && delete(directory.get()))) {
        return;
      }
    }
  }

  @Override
  public boolean holds(Locator piece) {
    String relative = Handle.of(piece).get(piece, PATH);
    return ask(tree -> tree.again(relative).isPresent());
  }

  @Override
  public List<Shape> survey() {
    return ask(
        tree -> {
          Map<PathPattern, Pattern> regexes = new LinkedHashMap<>();
          patterns.forEach(p -> regexes.put(p, p.anybody()));
          Shapes shapes = new Shapes();
          survey(tree, tree.root(), regexes, shapes, new int[] {SAMPLE});
          return shapes.list();
        });
  }

  private static void survey(
      Tree tree, Path directory, Map<PathPattern, Pattern> regexes, Shapes shapes, int[] left)
      throws IOException {
    Tree.each(
        directory,
        path -> {
          if (left[0] <= 0) {
            return;
          }
          if (Tree.isDirectory(path)) {
            survey(tree, path, regexes, shapes, left);
            return;
          }
          left[0]--;
          String relative = tree.relative(path);
          regexes.entrySet().stream()
              .filter(p -> p.getValue().matcher(relative).matches())
              .findFirst()
              .ifPresentOrElse(
                  p -> shapes.covered(p.getKey().place()), () -> shapes.uncovered(relative));
        });
  }

  @Override
  public List<String> mentions(String text) {
    return ask(
        tree -> {
          Mentions found = new Mentions(text);
          search(tree, tree.root(), found);
          return found.places();
        });
  }

  private static void search(Tree tree, Path directory, Mentions found) throws IOException {
    Tree.each(
        directory,
        path -> {
          String relative = tree.relative(path);
          found.look("path " + relative, path.getFileName());
          if (Tree.isDirectory(path)) {
            search(tree, path, found);
          } else if (Files.isSymbolicLink(path)) {
            found.look("link " + relative, Files.readSymbolicLink(path));
          } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            try (InputStream content = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
              found.look("file " + relative, content);
            }
          }
        });
  }

  /** Something asked of the files, which may fail. */
  private interface Question<T> {
    T of(Tree tree) throws IOException;
  }

  private <T> T ask(Question<T> question) {
    Path real;
    try {
      real = root.toRealPath();
    } catch (IOException e) {
      // Most likely a disk that is not mounted: then nothing is known of what is on it.
      throw new StoreException(name + ": the directory " + root + " is not there", true, e);
    }
    if (!Tree.isDirectory(real)) {
      throw new StoreException(name + ": " + root + " is no directory", true);
    }
    try {
      return question.of(new Tree(real));
    } catch (AccessDeniedException e) {
      throw new StoreException(
          name + ": something below " + root + " may not be read or written; allow it", false, e);
    } catch (IOException e) {
      throw new StoreException(
          name + ": the directory " + root + " cannot be read or written", true, e);
    }
  }
}
