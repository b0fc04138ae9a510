/** Pictures of the relation graph, as SVG and as Mermaid text. No I/O. */
@NullMarked
package org.lethe.diagram;

import org.jspecify.annotations.NullMarked;
