@NullMarked
package org.lethe.subject.request;

import org.jspecify.annotations.NullMarked;
