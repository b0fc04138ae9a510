package org.lethe.schema.reader;

import org.lethe.error.LetheException;

/** Somebody altered the schema while it was being read, so what was read does not fit together. */
public final class SchemaChangedException extends LetheException {

  private static final long serialVersionUID = 1L;

  SchemaChangedException(String table) {
    super(
        "the table "
            + table
            + " was altered while the schema was being read;"
            + " try again when the migration has finished");
  }
}
