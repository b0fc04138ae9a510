@NullMarked
package org.lethe.server.api;

import org.jspecify.annotations.NullMarked;
