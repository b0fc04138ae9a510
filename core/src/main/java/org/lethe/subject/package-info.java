/**
 * People and what they may ask for: all that is known about them, collected, handed out, erased and
 * accounted for.
 */
@NullMarked
package org.lethe.subject;

import org.jspecify.annotations.NullMarked;
