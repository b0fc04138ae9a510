/** The first page: what needs somebody. */
@NullMarked
package org.lethe.server.home;

import org.jspecify.annotations.NullMarked;
