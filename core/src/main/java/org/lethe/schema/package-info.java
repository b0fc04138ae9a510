/** The catalog, the database as read, and the graph of its relations: pure values, no I/O. */
@NullMarked
package org.lethe.schema;

import org.jspecify.annotations.NullMarked;
