package org.lethe.dialect;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** Everything in which one database engine differs from another. Stateless, thread-safe. */
public interface Dialect {

  /**
   * The dialect for a catalog's engine.
   *
   * @throws UnknownEngineException if Lethe does not know the engine
   */
  static Dialect of(Catalog catalog) {
    return switch (catalog.product()) {
      case "PostgreSQL" -> new PostgreSqlDialect();
      default -> throw new UnknownEngineException(catalog.product());
    };
  }

  /** A name as SQL writes it, whatever is in it. */
  String quote(String name);

  default String quote(TableId table) {
    return quote(table.schema()) + "." + quote(table.name());
  }

  /** Names in SQL, with commas between. */
  default String quote(List<String> names) {
    return names.stream().map(this::quote).collect(Collectors.joining(", "));
  }

  /** A text as an SQL literal. */
  String literal(String text);

  /**
   * The table as a FROM item that yields its own rows: those of its partitions, but not those of
   * tables that inherit from it, which no foreign key on it sees.
   */
  String ownRows(Table table);

  /**
   * A query for some values of columns as text, scattered over the table where it is big: in a big
   * table the first rows are its oldest.
   *
   * @param length characters of a value at most
   */
  String sample(Table table, List<Column> columns, int rows, int length);

  /** The type to cast a text to before comparing it with a column: never one that truncates. */
  String comparableType(String type);

  /** Whether values of both types compare with {@code =} as they are, without a cast to text. */
  boolean comparable(String type, String other);

  /** A value as JSON in a text, null if it is null. */
  String asJson(String value, Column column);

  /**
   * Reads the rows of a query while the server finds further ones, however many there are; nothing
   * else can be asked over the connection in the meantime.
   *
   * @param query all of whose columns are texts, without parameters
   * @return whether this connection can do that; if not, nothing was asked
   */
  boolean stream(Connection connection, String query, Consumer<TextRow> rows) throws SQLException;

  /** Settings for one transaction of ours or the caller's, as one statement. */
  String prepareTransaction();

  /**
   * The same for one that is ours and has done nothing yet.
   *
   * @param atOneMoment whether all its statements see the database at the same moment, or each at
   *     its own
   */
  String beginTransaction(boolean atOneMoment);

  /**
   * A statement after which this transaction's commit does not wait for the disk: should the server
   * crash, it may turn out not to have happened, but never by half.
   */
  String commitWithoutWaiting();

  /** Makes deferred constraints speak up now, while there is still something to roll back. */
  String checkConstraintsNow();

  /** A query that is true on a copy of the database that takes not even temporary tables. */
  String isReadOnlyCopy();

  /** What went wrong, as far as it decides what to do next. */
  Failure classify(SQLException e);

  /** The database's own error below another; null if there is none. */
  static @Nullable SQLException sqlException(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof BatchUpdateException batch && batch.getNextException() != null) {
        // Its own message quotes the statement, with the values in it.
        return batch.getNextException();
      }
      if (t instanceof SQLException s) {
        return s;
      }
    }
    return null;
  }

  /** The engine's own message without row data, on one line. */
  String describe(SQLException e);

  /**
   * An expression that hashes a row of values to a number, alike on every run; sums are order-free.
   */
  String hash(List<String> expressions);

  /**
   * A statement that makes values read the same as text, and texts the same as values, in every
   * session; for the rest of the transaction.
   */
  String fixTextForms();

  /** A column's value as text from which {@link #fromText} makes the very same value. */
  String asText(String value, Column column);

  /** A query for the type that a domain is made of, whatever lies between; takes its name. */
  String baseTypeOfDomain();

  /** An array of the values that the elements of an array of texts stand for, itself as text. */
  String fromArrayText(String array, Column column);

  /** The value that a text stands for. */
  String fromText(String text, Column column);

  /** What a database error means for the removal under way. */
  enum Failure {
    /** The whole transaction may succeed when run again: deadlock, serialization failure. */
    RETRY,
    NOT_PERMITTED,
    FOREIGN_KEY,
    UNIQUE,
    NOT_NULL,
    /** A value, predicate or name that the engine cannot read. */
    BAD_INPUT,
    CANCELLED,
    CONNECTION_LOST,
    OTHER
  }
}
