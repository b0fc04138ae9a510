/** Findings as people and other programs read them. */
@NullMarked
package org.lethe.checklist.report;

import org.jspecify.annotations.NullMarked;
