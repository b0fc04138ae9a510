@NullMarked
package org.lethe.server.schema;

import org.jspecify.annotations.NullMarked;
