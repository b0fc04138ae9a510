/** Who is signed in, what they may do, and what no page may let through. */
@NullMarked
package org.lethe.server.security;

import org.jspecify.annotations.NullMarked;
