/** How the command line starts the web admin, which it does not know. */
@NullMarked
package org.lethe.cli.admin;

import org.jspecify.annotations.NullMarked;
