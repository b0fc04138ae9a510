/** What nobody decided yet, and how to settle it. */
@NullMarked
package org.lethe.server.checklist;

import org.jspecify.annotations.NullMarked;
