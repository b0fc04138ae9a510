package org.lethe.dialect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Rows as COPY sends them in its binary format: the server goes on while they are read, and neither
 * side holds more than a few. A file header, then for each row the number of its fields and each
 * field with its length in front; a row without fields ends it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">PostgreSQL: COPY, Binary
 *     Format</a>
 */
final class CopiedRows {

  private static final int SIGNATURE_AND_FLAGS = 11 + Integer.BYTES;

  private CopiedRows() {}

  static void read(Connection connection, String query, Consumer<TextRow> rows)
      throws SQLException {
    CopyOut copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("copy (" + query + ") to stdout (format binary)");
    try {
      boolean begun = false;
      byte @Nullable [] message;
      // Each row is a message of its own; the header comes with the first.
      while ((message = copy.readFromCopy()) != null) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        if (!begun) {
          bytes.position(SIGNATURE_AND_FLAGS);
          int more = bytes.getInt();
          bytes.position(bytes.position() + more);
          begun = true;
        }
        int fields = bytes.getShort();
        if (fields >= 0) {
          rows.accept(row(message, bytes, fields));
        }
      }
    } finally {
      // Whoever stops half-way leaves the rest unread; a cancelled copy would leave the driver
      // with rows it no longer expects.
      while (copy.isActive() && copy.readFromCopy() != null) {}
    }
  }

  private static TextRow row(byte[] content, ByteBuffer bytes, int fields) {
    int[] starts = new int[fields];
    int[] lengths = new int[fields];
    for (int i = 0; i < fields; i++) {
      lengths[i] = bytes.getInt();
      starts[i] = bytes.position();
      bytes.position(starts[i] + Math.max(0, lengths[i]));
    }
    return column ->
        lengths[column] < 0
            ? null
            : new String(content, starts[column], lengths[column], StandardCharsets.UTF_8);
  }
}
