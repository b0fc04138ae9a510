/**
 * The policy: the one file with your decisions, read with all its faults at once, and resolved
 * against a catalog.
 */
@NullMarked
package org.lethe.policy;

import org.jspecify.annotations.NullMarked;
