package org.lethe.checklist.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Names of files as other programs look them up: from the folder where the check runs. */
final class Places {

  private Places() {}

  /** With slashes; absolute where the file lies elsewhere. */
  static String relative(String file) {
    Path here = Path.of("").toAbsolutePath();
    Path path = here.resolve(file).normalize();
    Path shown = path.startsWith(here) ? here.relativize(path) : path;
    return shown.toString().replace('\\', '/');
  }

  /** The same as a reference of RFC 3986. */
  static String uri(String file) {
    String path = relative(file);
    try {
      return path.startsWith("/")
          ? Path.of(path).toUri().toASCIIString()
          : new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not the name of a file: " + file, e);
    }
  }
}
