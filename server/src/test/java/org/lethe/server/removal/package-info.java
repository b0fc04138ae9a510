@NullMarked
package org.lethe.server.removal;

import org.jspecify.annotations.NullMarked;
