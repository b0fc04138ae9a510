/** Another database, of any engine with a JDBC driver. */
@NullMarked
package org.lethe.stores.jdbc;

import org.jspecify.annotations.NullMarked;
