/** The catalog's values, on their own and as read from live databases. */
@NullMarked
package org.lethe.schema;

import org.jspecify.annotations.NullMarked;
