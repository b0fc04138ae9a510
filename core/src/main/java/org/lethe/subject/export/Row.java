package org.lethe.subject.export;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row as it is handed out.
 *
 * @param number from 1 in its section
 * @param shared whether it is others' too
 * @param deleted what to say of its being in the trash; null if it is not
 * @param cells one for each column of the section
 */
record Row(long number, boolean shared, @Nullable String deleted, List<Cell> cells) {}
