/** What goes wrong, told to programs: RFC 9457. */
@NullMarked
package org.lethe.server.problem;

import org.jspecify.annotations.NullMarked;
