/** What happens by itself: the policy's rules, and the purge of the trash. */
@NullMarked
package org.lethe.server.retention;

import org.jspecify.annotations.NullMarked;
