/** Who did what: read, searched, handed out, verified. */
@NullMarked
package org.lethe.server.audit;

import org.jspecify.annotations.NullMarked;
