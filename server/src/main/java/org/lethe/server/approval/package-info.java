/** Acts that cannot be taken back, and the second person who agrees to them. */
@NullMarked
package org.lethe.server.approval;

import org.jspecify.annotations.NullMarked;
