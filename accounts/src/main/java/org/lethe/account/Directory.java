package org.lethe.account;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Audit;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.error.NotPermittedException;
import org.lethe.execute.Transactions;
import org.lethe.trash.By;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The accounts and groups of one place: Lethe's own tables, or the application's. Each call is a
 * transaction of its own unless the caller's is joined; every change is audited. Who may call what
 * is for the caller to check. Thread-safe.
 */
public final class Directory {

  private final AccountTables tables;
  private final AccountRows rows;
  private final GroupRows groups;
  private final Dialect dialect;
  private final Guards guards;
  private final Sessions sessions;
  private final Transactions transactions;
  private final Clock clock;

  Directory(
      AccountRows rows,
      Dialect dialect,
      Guards guards,
      Sessions sessions,
      Transactions transactions,
      Clock clock) {
    this.tables = rows.tables();
    this.rows = rows;
    this.groups = new GroupRows(tables, dialect);
    this.dialect = dialect;
    this.guards = guards;
    this.sessions = sessions;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** {@link AccountId#OWN} or {@link AccountId#APP}. */
  public String name() {
    return tables.directory();
  }

  /** What its tables have columns for. */
  public boolean can(Ability ability) {
    return tables.can(ability);
  }

  /** An account by its key. */
  public Optional<Account> find(String key) {
    return transactions.look(jdbc -> rows.find(jdbc, key));
  }

  /** The accounts of these keys that there are, in no particular order, with one statement. */
  List<Account> find(Collection<String> keys) {
    return transactions.look(jdbc -> rows.find(jdbc, keys));
  }

  /**
   * An account by its login, or by its e-mail whatever the letter case; empty too where several
   * have that address.
   */
  public Optional<Account> byLogin(String login) {
    return transactions.look(jdbc -> rows.byLogin(jdbc, login));
  }

  /**
   * A page of accounts.
   *
   * @throws InputException if the query goes on after what never was a page's end
   */
  public AccountPage list(AccountQuery query) {
    return transactions.look(jdbc -> new AccountList(rows, groups, dialect).page(jdbc, query));
  }

  /**
   * How many accounts a query would find, and each further choice; {@link Facets#UNCOUNTED} where
   * counting takes longer than two seconds.
   */
  public Facets facets(AccountQuery query) {
    return transactions.look(jdbc -> new AccountList(rows, groups, dialect).facets(jdbc, query));
  }

  /** All groups by name; none where the directory has no groups. */
  public List<Group> groups() {
    return tables.groups() == null ? List.of() : transactions.look(groups::list);
  }

  /** The groups an account is in, by name. */
  public List<Group> groupsOf(String key) {
    return tables.groups() == null || !rows.readable(key)
        ? List.of()
        : transactions.look(jdbc -> groups.of(jdbc, key));
  }

  /** The first accounts of a group, by login; {@link #list} has the rest. */
  public List<Account> members(String group, int limit) {
    return list(AccountQuery.ALL.group(group).limit(limit)).accounts();
  }

  /**
   * Makes an account.
   *
   * @throws InputException if the directory cannot make any, the password is too weak, or the login
   *     or address is taken
   */
  public Account create(NewAccount account, By by) {
    if (!can(Ability.CREATE)) {
      throw new InputException(
          "accounts cannot be made here: the table %s has columns that need a value and that the policy does not name: %s"
              .formatted(tables.table(), String.join(", ", tables.needed())));
    }
    if (account.login().isBlank()) {
      throw new InputException("an account needs a login; give one");
    }
    String password = account.password();
    if (password != null) {
      WeakPasswords.refuse(password, account.login());
    }
    return change(
        jdbc -> {
          String like = like(jdbc);
          String hash = password == null ? null : Passwords.hash(password, like);
          String key = rows.insert(jdbc, account, hash, clock.instant());
          audit(jdbc, by, "account_created", id(key).text(), "{}");
          return existing(jdbc, key);
        });
  }

  /** How this directory's hashes look; Lethe's own are made its own way. */
  private @Nullable String like(JdbcOperations jdbc) {
    return name().equals(AccountId.OWN) ? null : rows.usualPassword(jdbc);
  }

  /**
   * Changes an account.
   *
   * @throws InputException if there is none, or the login or address is taken
   * @throws NotPermittedException if nobody would be left who may do everything
   */
  public Account change(String key, AccountChange change, By by) {
    return change(
        jdbc -> {
          Guards.lock(jdbc);
          Account before = locked(jdbc, key);
          if (Boolean.FALSE.equals(change.superuser()) && before.superuser() && before.active()) {
            guards.somebodyStays(jdbc, Set.of(before.id()));
          }
          rows.change(jdbc, key, change);
          audit(jdbc, by, "account_changed", id(key).text(), what(change));
          return existing(jdbc, key);
        });
  }

  /** Names of what was changed; values only where they are rights. */
  private static String what(AccountChange c) {
    return "{\"login\": %s, \"name\": %s, \"email\": %s, \"staff\": %s, \"superuser\": %s}"
        .formatted(
            c.login() != null, c.name() != null, c.email() != null, c.staff(), c.superuser());
  }

  /**
   * Sets somebody's password, in the form that the directory's others have. All sessions of the
   * account end, its tokens are revoked, and links to set another one are good no more: whoever
   * knew the old password is out. For one's own there is {@link PasswordResets#change}.
   *
   * @throws InputException if there is no such account, or the password is too weak
   */
  public void setPassword(String key, String password, By by) {
    change(
        jdbc -> {
          setPassword(jdbc, key, password);
          long ended = sessions.end(jdbc, existing(jdbc, key));
          long revoked = TokenRows.revokeAll(jdbc, id(key), clock.instant());
          audit(
              jdbc,
              by,
              "password_set",
              id(key).text(),
              "{\"sessions\": %d, \"tokens\": %d}".formatted(ended, revoked));
          return true;
        });
    sessions.endElsewhereQuietly(id(key));
  }

  void setPassword(JdbcOperations jdbc, String key, String password) {
    if (!can(Ability.PASSWORDS)) {
      throw new InputException(
          "the directory %s has no passwords; name their column in the policy under accounts.password"
              .formatted(name()));
    }
    Account account = locked(jdbc, key);
    WeakPasswords.refuse(password, account.login());
    rows.setPassword(jdbc, key, Passwords.hash(password, like(jdbc)));
  }

  /**
   * Makes a group; its key.
   *
   * @throws InputException if the name is taken, or the directory has no groups
   */
  public Group createGroup(String name, By by) {
    if (name.isBlank()) {
      throw new InputException("a group needs a name; give one");
    }
    return change(
        jdbc -> {
          Group group = new Group(groups.create(jdbc, name.strip()), name.strip());
          audit(jdbc, by, "group_created", groupText(group.key()), "{}");
          return group;
        });
  }

  /**
   * Gives a group another name.
   *
   * @throws InputException if there is none, or the name is taken
   */
  public Group renameGroup(String key, String name, By by) {
    return change(
        jdbc -> {
          existingGroup(jdbc, key);
          groups.rename(jdbc, key, name.strip());
          audit(jdbc, by, "group_renamed", groupText(key), "{}");
          return new Group(key, name.strip());
        });
  }

  /**
   * Deletes a group; its accounts stay, and lose what it allowed.
   *
   * @throws InputException if there is none
   */
  public void deleteGroup(String key, By by) {
    change(
        jdbc -> {
          existingGroup(jdbc, key);
          PermissionRows.setOfGroup(jdbc, name(), key, Set.of());
          groups.delete(jdbc, key);
          audit(jdbc, by, "group_deleted", groupText(key), "{}");
          return true;
        });
  }

  /**
   * Puts an account into exactly these groups.
   *
   * @param keys of groups
   * @throws InputException if there is no such account or group
   */
  public void setGroups(String key, Collection<String> keys, By by) {
    Set<String> wanted = Set.copyOf(keys);
    change(
        jdbc -> {
          locked(jdbc, key);
          for (Group had : groups.of(jdbc, key)) {
            if (!wanted.contains(had.key())) {
              groups.remove(jdbc, key, had.key());
            }
          }
          for (String group : wanted) {
            existingGroup(jdbc, group);
            groups.add(jdbc, key, group);
          }
          audit(jdbc, by, "groups_set", id(key).text(), "{\"groups\": " + wanted.size() + "}");
          return true;
        });
  }

  /** What an account may do by itself, besides what its groups may. */
  public Set<Permission> permissions(String key) {
    return transactions.look(jdbc -> PermissionRows.of(jdbc, id(key)));
  }

  /** What the accounts of a group may do. */
  public Set<Permission> groupPermissions(String group) {
    return transactions.look(jdbc -> PermissionRows.ofGroup(jdbc, name(), group));
  }

  /**
   * Says what an account may do by itself.
   *
   * @throws InputException if there is none
   */
  public void setPermissions(String key, Collection<Permission> permissions, By by) {
    change(
        jdbc -> {
          locked(jdbc, key);
          PermissionRows.set(jdbc, id(key), permissions);
          audit(jdbc, by, "permissions_set", id(key).text(), PermissionsJson.of(permissions));
          return true;
        });
  }

  /**
   * Says what the accounts of a group may do.
   *
   * @throws InputException if there is none
   */
  public void setGroupPermissions(String group, Collection<Permission> permissions, By by) {
    change(
        jdbc -> {
          existingGroup(jdbc, group);
          PermissionRows.setOfGroup(jdbc, name(), group, permissions);
          audit(jdbc, by, "permissions_set", groupText(group), PermissionsJson.of(permissions));
          return true;
        });
  }

  AccountRows rows() {
    return rows;
  }

  GroupRows groupRows() {
    return groups;
  }

  private AccountId id(String key) {
    return new AccountId(name(), key);
  }

  private String groupText(String key) {
    return "group " + name() + ":" + key;
  }

  private Account locked(JdbcOperations jdbc, String key) {
    return rows.lock(jdbc, key).orElseThrow(() -> Guards.unknown(id(key)));
  }

  private Account existing(JdbcOperations jdbc, String key) {
    return rows.find(jdbc, key).orElseThrow(() -> Guards.unknown(id(key)));
  }

  private Group existingGroup(JdbcOperations jdbc, String key) {
    return groups
        .find(jdbc, key)
        .orElseThrow(
            () ->
                new InputException(
                    "there is no group %s in the directory %s; it may have been deleted"
                        .formatted(key, name())));
  }

  private void audit(JdbcOperations jdbc, By by, String action, String object, String details) {
    new Audit(jdbc).append(clock.instant(), by.actor(), action, object, by.reason(), details);
  }

  private <T> T change(Function<JdbcOperations, T> work) {
    return transactions.change(
        jdbc -> {
          try {
            return work.apply(jdbc);
          } catch (DuplicateKeyException e) {
            // The database's own words would tell whose it is.
            throw new InputException("this login, address or name is taken; choose another", e);
          } catch (DataIntegrityViolationException e) {
            throw new InputException(
                "the table %s does not take this; look at its rules for logins, names and addresses"
                    .formatted(tables.table()),
                e);
          }
        });
  }
}
