/** What the engine promises, held against live databases through its facade. */
@NullMarked
package org.lethe.engine;

import org.jspecify.annotations.NullMarked;
