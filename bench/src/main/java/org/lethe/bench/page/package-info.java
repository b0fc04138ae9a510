/** Somebody in front of the web admin. */
@NullMarked
package org.lethe.bench.page;

import org.jspecify.annotations.NullMarked;
