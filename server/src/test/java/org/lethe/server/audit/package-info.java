@NullMarked
package org.lethe.server.audit;

import org.jspecify.annotations.NullMarked;
