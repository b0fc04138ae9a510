package org.lethe.subject.export;

import java.io.IOException;
import java.io.OutputStream;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Bytes in a column, read piece by piece.
 *
 * @param sql asks for a piece by its start, its length, and the place of the row
 */
record StoredBytes(JdbcOperations jdbc, String sql, String tid, long part, long bytes)
    implements Content {

  private static final int PIECE = 1 << 18;

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (long from = 1; from <= bytes; from += PIECE) {
      byte[] piece = jdbc.queryForObject(sql, byte[].class, from, PIECE, tid, part);
      if (piece != null) {
        out.write(piece);
      }
    }
  }
}
