/** Hands out everything known about a person, in a form that people and programs can read. */
@NullMarked
package org.lethe.subject.export;

import org.jspecify.annotations.NullMarked;
