/** Who did what, append-only and hash-chained. */
@NullMarked
package org.lethe.audit;

import org.jspecify.annotations.NullMarked;
