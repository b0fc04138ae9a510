/** What all pages share: the frame, places to go, messages, errors, lists. */
@NullMarked
package org.lethe.server.page;

import org.jspecify.annotations.NullMarked;
