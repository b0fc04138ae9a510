/** Calls over HTTP that cannot hang, run on without end or be led elsewhere. */
@NullMarked
package org.lethe.stores.web;

import org.jspecify.annotations.NullMarked;
