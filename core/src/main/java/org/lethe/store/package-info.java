/** What is not this database: the SPI for places where data of people lives, too. */
@NullMarked
package org.lethe.store;

import org.jspecify.annotations.NullMarked;
