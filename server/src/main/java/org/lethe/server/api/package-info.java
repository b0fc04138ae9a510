/** What pages do, for programs: REST under {@code /api/v1}. */
@NullMarked
package org.lethe.server.api;

import org.jspecify.annotations.NullMarked;
