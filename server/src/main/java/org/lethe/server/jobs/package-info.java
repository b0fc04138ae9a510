/** Work that takes longer than a page should. */
@NullMarked
package org.lethe.server.jobs;

import org.jspecify.annotations.NullMarked;
