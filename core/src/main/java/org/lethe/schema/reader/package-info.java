/** Reads a {@link org.lethe.schema.Catalog} from a live database, one reader per engine. */
@NullMarked
package org.lethe.schema.reader;

import org.jspecify.annotations.NullMarked;
