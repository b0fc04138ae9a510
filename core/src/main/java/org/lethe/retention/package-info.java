/** Making deletions final when their time is up. */
@NullMarked
package org.lethe.retention;

import org.jspecify.annotations.NullMarked;
