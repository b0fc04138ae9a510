/** Who may do what, and what becomes of accounts whose people leave. */
@NullMarked
package org.lethe.account;

import org.jspecify.annotations.NullMarked;
