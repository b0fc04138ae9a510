/** Every difference between database engines, in one type each. */
@NullMarked
package org.lethe.dialect;

import org.jspecify.annotations.NullMarked;
