/** How the tables hang together, as pictures and as lists. */
@NullMarked
package org.lethe.server.schema;

import org.jspecify.annotations.NullMarked;
