/** The catalog readers against live databases. */
@NullMarked
package org.lethe.schema.reader;

import org.jspecify.annotations.NullMarked;
