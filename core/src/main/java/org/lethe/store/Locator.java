package org.lethe.store;

/**
 * Where one piece of a person's data lies.
 *
 * @param place what sort of piece, without anything personal: a table, or a pattern of keys as the
 *     policy writes it. Reports count by it
 * @param handle all that finds the piece again, even when nothing else of the person is known any
 *     more. Another one each time where a service needs to tell a repeated call from a new one.
 *     Personal: kept sealed, and thrown away when all is done
 * @param same tells the piece from others of its place: alike whenever it is found again. Personal,
 *     too
 */
public record Locator(String place, String handle, String same) {

  /** A piece whose handle is alike whenever it is found. */
  public Locator(String place, String handle) {
    this(place, handle, handle);
  }

  /** Without the handle: this may reach a log. */
  @Override
  public String toString() {
    return "a piece of " + place;
  }
}
