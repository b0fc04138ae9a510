package org.lethe.server.page;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Action;
import org.lethe.server.security.Me;

/**
 * A page of the menu.
 *
 * @param icon a symbol of icons.svg
 * @param count of what waits there for somebody; null where nothing is counted
 * @param current whether it is this page, or one below it
 */
public record Place(String path, String name, String icon, @Nullable Long count, boolean current) {

  /** A page that those may see who may do one thing at least. */
  private record Known(String path, String name, String icon, @Nullable Action action) {}

  private static final List<Known> ALL =
      List.of(
          new Known("/", "Home", "home", null),
          new Known("/users", "Users", "users", Action.USERS),
          new Known("/records", "Records", "records", Action.VIEW),
          new Known("/trash", "Trash", "trash", Action.VIEW),
          new Known("/retention", "Retention", "retention", Action.RULES),
          new Known("/requests", "Requests", "requests", Action.REQUESTS),
          new Known("/checklist", "Checklist", "checklist", Action.CHECK),
          new Known("/schema", "Schema map", "schema", Action.MAP),
          new Known("/audit", "Audit", "audit", Action.AUDIT));

  /** Those that this account may see. */
  public static List<Place> of(Me me, String here) {
    List<Place> places = new ArrayList<>();
    for (Known known : ALL) {
      if (known.action() == null || me.may(known.action())) {
        boolean current =
            known.path().equals("/")
                ? here.equals("/")
                : here.equals(known.path()) || here.startsWith(known.path() + "/");
        places.add(new Place(known.path(), known.name(), known.icon(), null, current));
      }
    }
    return List.copyOf(places);
  }
}
