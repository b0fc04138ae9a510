/** Files and directories. */
@NullMarked
package org.lethe.stores.files;

import org.jspecify.annotations.NullMarked;
