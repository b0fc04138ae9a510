/** The facade: {@link org.lethe.Lethe} and its builder; nothing else. */
@NullMarked
package org.lethe;

import org.jspecify.annotations.NullMarked;
