package org.lethe.assertions;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Table;

/**
 * A row that was put into the database, as it is there.
 *
 * @param values as text, by column
 */
record Made(Table table, Map<String, @Nullable String> values) {}
