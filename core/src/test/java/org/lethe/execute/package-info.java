/** Removals on live databases. */
@NullMarked
package org.lethe.execute;

import org.jspecify.annotations.NullMarked;
