/** What is an engine's own, held against live databases. */
@NullMarked
package org.lethe.dialect;

import org.jspecify.annotations.NullMarked;
