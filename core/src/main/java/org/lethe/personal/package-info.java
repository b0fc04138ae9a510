/**
 * What names, types and the shapes of values suggest: which tables hold people, and which columns
 * hold what sort of data about them. Guesses, for those who check and suggest.
 */
@NullMarked
package org.lethe.personal;

import org.jspecify.annotations.NullMarked;
