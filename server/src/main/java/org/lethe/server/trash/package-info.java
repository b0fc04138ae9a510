/** What was deleted and can come back: lists, one deletion, restore, holds, purge. */
@NullMarked
package org.lethe.server.trash;

import org.jspecify.annotations.NullMarked;
