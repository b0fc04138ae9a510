/** The base type of everything Lethe refuses or fails to do. */
@NullMarked
package org.lethe.error;

import org.jspecify.annotations.NullMarked;
