/** Real databases for tests, whole-database digests, and the sample {@code plaza}. */
@NullMarked
package org.lethe.testkit;

import org.jspecify.annotations.NullMarked;
