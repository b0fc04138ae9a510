/** Requests of people, from their receipt to the proof of what was done. */
@NullMarked
package org.lethe.subject.request;

import org.jspecify.annotations.NullMarked;
