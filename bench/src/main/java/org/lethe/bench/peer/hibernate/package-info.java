/** Hibernate as a peer. */
@NullMarked
package org.lethe.bench.peer.hibernate;

import org.jspecify.annotations.NullMarked;
