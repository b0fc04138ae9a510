/**
 * Adapters for places outside the database where data of people lives, one package each. What they
 * have in common is here: templates with a person's values, handles, shapes.
 */
@NullMarked
package org.lethe.stores;

import org.jspecify.annotations.NullMarked;
