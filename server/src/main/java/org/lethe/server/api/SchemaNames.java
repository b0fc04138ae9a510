package org.lethe.server.api;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Set;

/** Names what is described such that no two things share one: a user's whole is no request's. */
final class SchemaNames extends TypeNameResolver {

  private static final String PREFIX = "Api";

  @Override
  protected String nameForClass(Class<?> type, Set<Options> options) {
    Class<?> around = type.getEnclosingClass();
    String name = super.nameForClass(type, options);
    if (around == null) {
      return name;
    }
    String outer = nameForClass(around, options);
    return (outer.startsWith(PREFIX) ? outer.substring(PREFIX.length()) : outer) + name;
  }
}
