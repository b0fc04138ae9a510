/** Servers other than PostgreSQL for tests, and a line to them that can be cut. */
@NullMarked
package org.lethe.testkit.server;

import org.jspecify.annotations.NullMarked;
