package org.lethe.account;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.error.NotPermittedException;
import org.lethe.schema.Names;
import org.lethe.schema.TableId;

/** What somebody may do. Immutable. */
public final class Rights {

  private static final String USUAL_SCHEMA = "public";

  /** May do nothing. */
  public static final Rights NONE = of(Set.of());

  private final boolean superuser;
  private final Set<Permission> permissions;
  private final String firstSchema;
  private final @Nullable Rights within;

  private Rights(
      boolean superuser,
      Collection<Permission> permissions,
      String firstSchema,
      @Nullable Rights within) {
    this.superuser = superuser;
    this.permissions = Set.copyOf(permissions);
    this.firstSchema = firstSchema;
    this.within = within;
  }

  /** May do everything. */
  public static Rights ofSuperuser() {
    return new Rights(true, Set.of(), USUAL_SCHEMA, null);
  }

  /** May do what these say; tables without a schema are in {@code public}. */
  public static Rights of(Collection<Permission> permissions) {
    return of(permissions, USUAL_SCHEMA);
  }

  /**
   * May do what these say.
   *
   * @param firstSchema where tables without a schema are
   */
  public static Rights of(Collection<Permission> permissions, String firstSchema) {
    return new Rights(false, permissions, firstSchema, null);
  }

  /** Only what both allow, such as a token's scopes and its owner's rights. */
  public Rights within(Rights others) {
    Rights limit = within == null ? others : within.within(others);
    return new Rights(superuser, permissions, firstSchema, limit);
  }

  /** Whether everything is allowed. */
  public boolean superuser() {
    return superuser && (within == null || within.superuser());
  }

  /** Whether this may be done, to rows of some table at least. */
  public boolean may(Action action) {
    return (superuser || permissions.stream().anyMatch(p -> p.covers(action)))
        && (within == null || within.may(action));
  }

  /** Whether this may be done to rows of this table. */
  public boolean may(Action action, TableId table) {
    return (superuser || permissions.stream().anyMatch(p -> p.covers(action, table, firstSchema)))
        && (within == null || within.may(action, table));
  }

  /**
   * Makes sure that this may be done, to rows of some table at least.
   *
   * @throws NotPermittedException if it may not
   */
  public void require(Action action) {
    if (!may(action)) {
      throw new NotPermittedException(
          "you may not do this: it needs the permission %s:*".formatted(action.word()));
    }
  }

  /**
   * Makes sure that this may be done to rows of this table.
   *
   * @throws NotPermittedException if it may not
   */
  public void require(Action action, TableId table) {
    if (!may(action, table)) {
      String name =
          table.schema().equals(firstSchema)
              ? Names.join(table.name())
              : Names.join(table.schema(), table.name());
      throw new NotPermittedException(
          "you may not do this to rows of %s: it needs the permission %s:%s"
              .formatted(name, action.word(), name));
    }
  }

  /** Whether all that a permission is leave for is allowed, so that it may be passed on. */
  public boolean covers(Permission permission) {
    return (superuser || permissions.stream().anyMatch(p -> p.covers(permission, firstSchema)))
        && (within == null || within.covers(permission));
  }

  /** The permissions themselves; none for a superuser, who needs none. */
  public Set<Permission> permissions() {
    return permissions;
  }

  /** For people. */
  @Override
  public String toString() {
    String own =
        superuser
            ? "everything"
            : permissions.stream()
                .map(Permission::text)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
    return Optional.ofNullable(within).map(w -> own + ", within " + w).orElse(own);
  }
}
