/**
 * Retention by the clock: rules and the purge on their schedules, shared by any number of nodes.
 */
@NullMarked
package org.lethe.schedule;

import org.jspecify.annotations.NullMarked;
