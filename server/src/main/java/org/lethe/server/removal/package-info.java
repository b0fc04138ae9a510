/** Asking before rows are deleted: what goes with them, what changes, what is in the way. */
@NullMarked
package org.lethe.server.removal;

import org.jspecify.annotations.NullMarked;
