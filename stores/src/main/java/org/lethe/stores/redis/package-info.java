/** Redis: keys, and members of structures that people share. */
@NullMarked
package org.lethe.stores.redis;

import org.jspecify.annotations.NullMarked;
