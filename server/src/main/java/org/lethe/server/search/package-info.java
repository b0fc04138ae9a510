/** One field for everything: pages, people, tables. */
@NullMarked
package org.lethe.server.search;

import org.jspecify.annotations.NullMarked;
