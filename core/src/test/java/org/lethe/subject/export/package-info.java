@NullMarked
package org.lethe.subject.export;

import org.jspecify.annotations.NullMarked;
