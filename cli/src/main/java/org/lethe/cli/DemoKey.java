package org.lethe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.subject.Key;

/** The demo's key: the operator's own where one is set, else one kept beside the demo's data. */
final class DemoKey {

  private static final int BYTES = 32;

  private DemoKey() {}

  /**
   * @throws UsageException if it can be neither read nor written
   */
  static Key of(Path file, Map<String, String> environment) {
    @Nullable String own = environment.get(Key.VARIABLE);
    if (own != null && !own.isBlank()) {
      return Key.of(own);
    }
    try {
      if (!Files.exists(file)) {
        write(file);
      }
      return Key.of(Files.readString(file));
    } catch (IOException e) {
      throw new UsageException(file + " cannot be written or read", e);
    }
  }

  private static void write(Path file) throws IOException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, Base64.getEncoder().encodeToString(secret), StandardOpenOption.CREATE);
  }
}
