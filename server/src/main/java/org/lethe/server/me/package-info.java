/** One's own account: password, second factor, tokens, sessions. */
@NullMarked
package org.lethe.server.me;

import org.jspecify.annotations.NullMarked;
