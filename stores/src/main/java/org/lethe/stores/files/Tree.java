package org.lethe.stores.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The directories below a root. Links are never followed, so nothing leads out of it; a link counts
 * as a file of its own.
 *
 * @param root absolute, with no links in it
 */
record Tree(Path root) {

  /** Finds what matches: files, and directories with nothing in them under a {@code **}. */
  void find(List<PathPattern.Name> names, Consumer<Path> found) throws IOException {
    find(root, names, found);
  }

  private static void find(Path directory, List<PathPattern.Name> names, Consumer<Path> found)
      throws IOException {
    PathPattern.Name name = names.get(0);
    List<PathPattern.Name> rest = names.subList(1, names.size());
    if (name.deep()) {
      deep(directory, names, rest, found);
    } else if (name.literal()) {
      Optional<Path> path = child(directory, name.text());
      if (path.isPresent()) {
        matched(path.get(), rest, found);
      }
    } else {
      each(
          directory,
          path -> {
            if (name.pattern().matcher(path.getFileName().toString()).matches()) {
              matched(path, rest, found);
            }
          });
    }
  }

  private static void matched(Path path, List<PathPattern.Name> rest, Consumer<Path> found)
      throws IOException {
    if (isDirectory(path)) {
      if (!rest.isEmpty()) {
        find(path, rest, found);
      }
    } else if (rest.isEmpty() && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      found.accept(path);
    }
  }

  private static void deep(
      Path directory,
      List<PathPattern.Name> names,
      List<PathPattern.Name> rest,
      Consumer<Path> found)
      throws IOException {
    if (!rest.isEmpty()) {
      find(directory, rest, found);
    }
    boolean[] empty = {true};
    each(
        directory,
        path -> {
          empty[0] = false;
          if (isDirectory(path)) {
            find(path, names, found);
          } else if (rest.isEmpty()) {
            found.accept(path);
          }
        });
    if (empty[0] && rest.isEmpty() && isDirectory(directory)) {
      found.accept(directory);
    }
  }

  /** Something that may fail done with a path. */
  interface Visit {
    void to(Path path) throws IOException;
  }

  /** All that is in a directory; nothing if it is gone by now. */
  static void each(Path directory, Visit visit) throws IOException {
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        visit.to(path);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Gone while we looked: then it holds nothing.
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** A child by its name; nothing if that is no name, but a way to somewhere else. */
  private static Optional<Path> child(Path directory, String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
      return Optional.empty();
    }
    try {
      Path child = directory.resolve(name);
      return directory.equals(child.getParent()) ? Optional.of(child) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * The path of something found before; nothing if it is not there any more, or if a directory on
   * the way to it is a link now.
   */
  Optional<Path> again(String relative) {
    Path path = root;
    for (String name : relative.split("/", -1)) {
      if (!path.equals(root) && !isDirectory(path)) {
        return Optional.empty();
      }
      Optional<Path> child = child(path, name);
      if (child.isEmpty()) {
        return Optional.empty();
      }
      path = child.get();
    }
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? Optional.of(path) : Optional.empty();
  }

  /** The path from the root on, with slashes everywhere. */
  String relative(Path path) {
    return root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
  }
}
