@NullMarked
package org.lethe.server.trash;

import org.jspecify.annotations.NullMarked;
