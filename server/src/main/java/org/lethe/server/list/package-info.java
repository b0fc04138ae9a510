/** What all lists share: search, filters with counts, order, pages, files. */
@NullMarked
package org.lethe.server.list;

import org.jspecify.annotations.NullMarked;
