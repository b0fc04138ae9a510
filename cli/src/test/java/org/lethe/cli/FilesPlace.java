package org.lethe.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lethe.testkit.server.Line;

/** Pictures and letters in a directory. */
final class FilesPlace implements Place {

  private final Path root;

  FilesPlace(Path root) throws IOException {
    this.root = Files.createDirectories(root);
  }

  @Override
  public String name() {
    return "uploads";
  }

  @Override
  public String settings() {
    return """
      uploads:
        files: "%s"
        paths: ["avatars/{customer_id}.*", "letters/{customer_id}/**"]
    """
        .formatted(root);
  }

  @Override
  public void put(Somebody who) throws IOException {
    for (String file :
        new String[] {"avatars/%s.txt", "letters/%s/a.txt", "letters/%s/2025/b.txt"}) {
      Path path = root.resolve(file.formatted(who.id()));
      Files.createDirectories(path.getParent());
      Files.writeString(path, who.canary(name()) + who.email());
    }
  }

  @Override
  public SortedMap<String, String> content() throws IOException {
    SortedMap<String, String> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        content.put(root.relativize(path).toString(), Files.readString(path, UTF_8));
      }
    }
    return content;
  }

  @Override
  public void putBack(SortedMap<String, String> content) throws IOException {
    List<Path> there;
    try (Stream<Path> all = Files.walk(root)) {
      there = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : there) {
      Files.delete(path);
    }
    Files.createDirectories(root);
    for (String file : content.keySet()) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), content.get(file));
    }
  }

  /** Whatever is wrong with a disk, the directory is not there, or is no directory any more. */
  @Override
  public void is(Line.Mood mood) throws IOException {
    Path away = root.resolveSibling("away");
    if (mood == Line.Mood.GOOD) {
      if (Files.exists(away)) {
        Files.deleteIfExists(root);
        Files.move(away, root);
      }
      return;
    }
    if (!Files.exists(away)) {
      Files.move(root, away);
    }
    if (mood == Line.Mood.NONSENSE) {
      Files.writeString(root, "no directory");
    }
  }

  @Override
  public Optional<Line> line() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
