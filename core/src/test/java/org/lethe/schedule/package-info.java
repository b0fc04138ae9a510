@NullMarked
package org.lethe.schedule;

import org.jspecify.annotations.NullMarked;
