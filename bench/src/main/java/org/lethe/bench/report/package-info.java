/** What was measured, as lines to keep and as a table to read. */
@NullMarked
package org.lethe.bench.report;

import org.jspecify.annotations.NullMarked;
