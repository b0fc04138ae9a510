@NullMarked
package org.lethe.server.checklist;

import org.jspecify.annotations.NullMarked;
