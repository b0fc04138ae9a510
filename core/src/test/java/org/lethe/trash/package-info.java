@NullMarked
package org.lethe.trash;

import org.jspecify.annotations.NullMarked;
