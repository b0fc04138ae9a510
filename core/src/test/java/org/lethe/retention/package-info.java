@NullMarked
package org.lethe.retention;

import org.jspecify.annotations.NullMarked;
