package org.lethe.server.page;

/** Where a form wants to return to: a page of this admin and nothing else. */
public final class Back {

  private Back() {}

  /** The same path where it is one of ours, otherwise home. */
  public static String to(String path) {
    boolean ours =
        path.startsWith("/")
            && !path.startsWith("//")
            && !path.contains("\\")
            && path.chars().noneMatch(c -> c < ' ');
    return ours ? path : "/";
  }
}
