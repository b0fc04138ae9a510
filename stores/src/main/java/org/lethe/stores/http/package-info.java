/** Services that speak HTTP: asked for data, told to erase, now or later. */
@NullMarked
package org.lethe.stores.http;

import org.jspecify.annotations.NullMarked;
