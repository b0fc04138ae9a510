package org.lethe.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.TableId;

/**
 * How long the law wants something kept, whoever asks for its erasure (GDPR article 17(3)).
 * Immutable.
 *
 * @param period how long
 * @param from the column that holds the day it starts
 * @param ground the article that allows it, such as {@code 17(3)(b)}
 * @param law what wants it; null where nobody said
 * @param with tables whose rows are kept along where they hang on a row that is kept
 */
public record LegalRetention(
    Age period, String from, String ground, @Nullable String law, List<TableId> with) {
  public LegalRetention {
    with = List.copyOf(with);
  }
}
