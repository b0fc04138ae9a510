package org.lethe.policy;

import org.jspecify.annotations.Nullable;

/**
 * One fault of a policy file.
 *
 * @param line 1-based; 0 where the fault has no place in the file
 * @param column 1-based; 0 where the fault has no place in the file
 * @param path where in the document, such as {@code relations.invoice.customer_id}
 * @param message what is wrong
 * @param fix what to write instead; null where the message says it all
 */
public record PolicyFinding(int line, int column, String path, String message, @Nullable String fix)
    implements Comparable<PolicyFinding> {

  @Override
  public int compareTo(PolicyFinding o) {
    int byLine = Integer.compare(line, o.line);
    int byColumn = byLine != 0 ? byLine : Integer.compare(column, o.column);
    return byColumn != 0 ? byColumn : (path + message).compareTo(o.path + o.message);
  }
}
