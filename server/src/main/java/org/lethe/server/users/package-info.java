/** Accounts and groups: who there is, what they may do, and how they leave. */
@NullMarked
package org.lethe.server.users;

import org.jspecify.annotations.NullMarked;
