/** The web admin as a whole: how it starts, and what its parts share. A package for each page. */
@NullMarked
package org.lethe.server;

import org.jspecify.annotations.NullMarked;
