package org.lethe.server.page;

/** What somebody types so that nothing irreversible happens to another thing than they think. */
public final class TypedName {

  private TypedName() {}

  /** Whether it is the name, however its blanks are typed. */
  public static boolean is(String typed, String name) {
    return plain(typed).equals(plain(name));
  }

  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
