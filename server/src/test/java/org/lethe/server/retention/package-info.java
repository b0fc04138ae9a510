@NullMarked
package org.lethe.server.retention;

import org.jspecify.annotations.NullMarked;
