package org.lethe.schema;

import org.jspecify.annotations.Nullable;

/**
 * A column.
 *
 * @param type the type as SQL writes it, such as {@code character varying(40)} or {@code
 *     public.mood}; safe to use in a cast
 * @param kind what sort of type it is; a domain over an enum is a {@code DOMAIN}
 * @param generated computed by the database from other columns: cannot be written
 * @param identity filled by the database unless overridden
 * @param defaultExpression the default, as SQL; a domain's default where the column has none
 */
public record Column(
    String name,
    String type,
    TypeKind kind,
    boolean nullable,
    boolean generated,
    Identity identity,
    @Nullable String defaultExpression,
    @Nullable String comment) {

  public enum TypeKind {
    BASE,
    ENUM,
    DOMAIN,
    ARRAY,
    COMPOSITE,
    RANGE
  }

  public enum Identity {
    NONE,
    ALWAYS,
    BY_DEFAULT
  }
}
