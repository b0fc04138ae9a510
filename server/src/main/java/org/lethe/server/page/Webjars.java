package org.lethe.server.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which versions of the style sheet and the scripts are on the class path. */
final class Webjars {

  static final String TABLER = version("tabler__core");
  static final String HTMX = version("htmx.org");

  private Webjars() {}

  private static String version(String artifact) {
    String file = "/META-INF/maven/org.webjars.npm/%s/pom.properties".formatted(artifact);
    try (InputStream in = Webjars.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(artifact + " is not on the class path");
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
