@NullMarked
package org.lethe.subject.erase;

import org.jspecify.annotations.NullMarked;
