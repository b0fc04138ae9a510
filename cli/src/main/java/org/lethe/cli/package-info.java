/** The command line: parses, asks, prints; everything it knows about removal is in the engine. */
@NullMarked
package org.lethe.cli;

import org.jspecify.annotations.NullMarked;
