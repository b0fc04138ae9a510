/** The ledger: deletions that can be undone, and how they are. */
@NullMarked
package org.lethe.trash;

import org.jspecify.annotations.NullMarked;
