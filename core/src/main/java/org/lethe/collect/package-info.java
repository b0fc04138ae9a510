/** The collector: root rows to a selection, set-based and inside the database. */
@NullMarked
package org.lethe.collect;

import org.jspecify.annotations.NullMarked;
