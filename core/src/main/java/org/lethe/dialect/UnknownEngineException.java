package org.lethe.dialect;

import org.lethe.error.LetheException;

/** The database is of an engine that Lethe does not know. */
public final class UnknownEngineException extends LetheException {

  private static final long serialVersionUID = 1L;

  public UnknownEngineException(String product) {
    super(
        "Lethe does not know the database engine "
            + product
            + "; it works with PostgreSQL 15 to 18");
  }
}
