/** Runs plans in one transaction, completely or not at all, and reports. */
@NullMarked
package org.lethe.execute;

import org.jspecify.annotations.NullMarked;
