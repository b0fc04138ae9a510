package org.lethe.server.records;

import org.jspecify.annotations.Nullable;

/**
 * A value as a page shows it: raw data, escaped by the template.
 *
 * @param text null for SQL NULL, and for what is hidden
 * @param hidden whether nobody is shown it
 * @param cut whether it goes on
 * @param href where it leads; null for nowhere
 * @param label how what it refers to is called; null where nobody asked
 */
public record Cell(
    ShownColumn column,
    @Nullable String text,
    boolean hidden,
    boolean cut,
    @Nullable String href,
    @Nullable String label) {

  Cell leadingTo(String address) {
    return new Cell(column, text, hidden, cut, address, label);
  }

  Cell labelled(String name) {
    return new Cell(column, text, hidden, cut, href, name);
  }
}
