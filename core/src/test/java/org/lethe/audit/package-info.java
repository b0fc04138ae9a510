@NullMarked
package org.lethe.audit;

import org.jspecify.annotations.NullMarked;
