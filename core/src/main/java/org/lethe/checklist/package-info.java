/** What nobody decided yet, and the first policy suggested from a live catalog. */
@NullMarked
package org.lethe.checklist;

import org.jspecify.annotations.NullMarked;
