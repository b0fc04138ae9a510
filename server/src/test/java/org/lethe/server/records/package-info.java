@NullMarked
package org.lethe.server.records;

import org.jspecify.annotations.NullMarked;
