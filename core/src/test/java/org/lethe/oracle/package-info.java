/** The engine against oracles: a naive in-memory model, and the database's own cascade. */
@NullMarked
package org.lethe.oracle;

import org.jspecify.annotations.NullMarked;
