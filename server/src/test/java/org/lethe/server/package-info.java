@NullMarked
package org.lethe.server;

import org.jspecify.annotations.NullMarked;
