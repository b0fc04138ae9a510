package org.lethe.server.users;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.account.Account;
import org.lethe.account.AccountChange;
import org.lethe.account.AccountId;
import org.lethe.account.AccountPage;
import org.lethe.account.AccountQuery;
import org.lethe.account.Action;
import org.lethe.account.Directory;
import org.lethe.account.Facets;
import org.lethe.account.Group;
import org.lethe.account.LetheAccounts;
import org.lethe.account.NewAccount;
import org.lethe.account.Permission;
import org.lethe.error.NotPermittedException;
import org.lethe.policy.SubjectType;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Service;

/**
 * Accounts and groups for those who may manage them. Nobody gives what they do not have: superusers
 * are made and changed by superusers alone, and permissions are passed on, not multiplied.
 * Thread-safe.
 */
@Service
public final class UserService {

  private final LetheAccounts accounts;
  private final Lethe lethe;

  UserService(LetheAccounts accounts, Lethe lethe) {
    this.accounts = accounts;
    this.lethe = lethe;
  }

  /** Lethe's own directory, and the application's where there is one. */
  public List<Directory> directories(Me me) {
    me.require(Action.USERS);
    return accounts.directories();
  }

  private Directory directory(Me me, String name) {
    me.require(Action.USERS);
    return accounts.directory(name);
  }

  public AccountPage list(Me me, String directory, AccountQuery query) {
    return directory(me, directory).list(query);
  }

  public Facets facets(Me me, String directory, AccountQuery query) {
    return directory(me, directory).facets(query);
  }

  public List<Group> groups(Me me, String directory) {
    return directory(me, directory).groups();
  }

  /**
   * @throws NotFoundException if there is none
   */
  public Account find(Me me, String id) {
    me.require(Action.USERS);
    return account(id);
  }

  private Account account(String id) {
    return accounts
        .find(AccountId.of(id))
        .orElseThrow(() -> new NotFoundException("There is no account " + id + "."));
  }

  /** An account with what it may do and belongs to. */
  public UserView view(Me me, String id) {
    Account account = find(me, id);
    Directory directory = accounts.directory(account.id().directory());
    String key = account.id().key();
    List<Group> groups = directory.groupsOf(key);
    List<UserView.Granted> granted = new ArrayList<>();
    sorted(directory.permissions(key)).forEach(p -> granted.add(new UserView.Granted(p, null)));
    for (Group group : groups) {
      sorted(directory.groupPermissions(group.key()))
          .forEach(p -> granted.add(new UserView.Granted(p, group.name())));
    }
    return new UserView(
        account,
        groups,
        directory.groups(),
        granted,
        mayChange(me, account),
        me.may(Action.PERMISSIONS),
        Mapped.of(directory));
  }

  private static List<String> sorted(Set<Permission> permissions) {
    return permissions.stream().map(Permission::text).sorted().toList();
  }

  /**
   * Where the ways of leaving lead, for an account of the application whose row the policy knows.
   *
   * @param record its row, as a path; null where it is Lethe's own
   * @param subject the policy's subject it is; null where it is none
   */
  public record Ways(@Nullable String record, @Nullable String subject) {}

  Ways ways(Account account) {
    if (!account.id().directory().equals(AccountId.APP)) {
      return new Ways(null, null);
    }
    return lethe
        .decisions()
        .accounts()
        .map(
            mapped ->
                new Ways(
                    "/records/%s/%s"
                        .formatted(lethe.catalog().displayName(mapped.table()), account.id().key()),
                    lethe.decisions().data().subjects().values().stream()
                        .filter(s -> s.table().equals(mapped.table()))
                        .map(SubjectType::name)
                        .findFirst()
                        .orElse(null)))
        .orElse(new Ways(null, null));
  }

  /** Whether this account may be changed by whoever asks: superusers by superusers alone. */
  static boolean mayChange(Me me, Account account) {
    return me.may(Action.USERS) && (me.rights().superuser() || !account.superuser());
  }

  private Account changeable(Me me, String id) {
    Account account = find(me, id);
    if (!mayChange(me, account)) {
      throw new NotPermittedException("only superusers may change a superuser's account");
    }
    return account;
  }

  private static void onlySuperusers(Me me, boolean wanted, String what) {
    if (wanted && !me.rights().superuser()) {
      throw new NotPermittedException("only superusers may make somebody " + what);
    }
  }

  /** Makes an account in Lethe's own directory, or the application's where that can be done. */
  public Account create(Me me, String directory, NewAccount account) {
    Directory in = directory(me, directory);
    onlySuperusers(me, account.superuser(), "a superuser");
    onlySuperusers(me, account.staff() && !directory.equals(AccountId.OWN), "staff");
    return in.create(account, me.by(null));
  }

  public Account change(Me me, String id, AccountChange change) {
    Account account = changeable(me, id);
    onlySuperusers(me, change.superuser() != null, "a superuser, or no longer");
    onlySuperusers(me, change.staff() != null, "staff, or no longer");
    return accounts
        .directory(account.id().directory())
        .change(account.id().key(), change, me.by(null));
  }

  /** Sets somebody's password, which only superusers may: it is as good as being them. */
  public void setPassword(Me me, String id, String password) {
    Account account = changeable(me, id);
    if (!me.rights().superuser()) {
      throw new NotPermittedException("only superusers may set somebody's password");
    }
    accounts
        .directory(account.id().directory())
        .setPassword(account.id().key(), password, me.by(null));
  }

  public void setGroups(Me me, String id, Collection<String> groups) {
    Account account = changeable(me, id);
    me.require(Action.PERMISSIONS);
    Directory directory = accounts.directory(account.id().directory());
    Set<String> before = new LinkedHashSet<>();
    directory.groupsOf(account.id().key()).forEach(g -> before.add(g.key()));
    for (String group : groups) {
      if (!before.contains(group)) {
        directory.groupPermissions(group).forEach(p -> passOn(me, p));
      }
    }
    directory.setGroups(account.id().key(), groups, me.by(null));
  }

  /** Says what an account may do by itself, one permission a line. */
  public void setPermissions(Me me, String id, String lines) {
    Account account = changeable(me, id);
    me.require(Action.PERMISSIONS);
    Directory directory = accounts.directory(account.id().directory());
    Set<Permission> wanted = permissions(lines);
    Set<Permission> before = directory.permissions(account.id().key());
    wanted.stream().filter(p -> !before.contains(p)).forEach(p -> passOn(me, p));
    directory.setPermissions(account.id().key(), wanted, me.by(null));
  }

  /** Nobody gives what they do not have. */
  private static void passOn(Me me, Permission permission) {
    if (!me.rights().covers(permission)) {
      throw new NotPermittedException(
          "you may only give permissions that you have yourself, and %s is none of them"
              .formatted(permission.text()));
    }
  }

  private static Set<Permission> permissions(String lines) {
    Set<Permission> all = new LinkedHashSet<>();
    lines
        .lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty())
        .map(Permission::of)
        .forEach(all::add);
    return all;
  }

  public Group createGroup(Me me, String directory, String name) {
    Directory in = directory(me, directory);
    me.require(Action.PERMISSIONS);
    return in.createGroup(name, me.by(null));
  }

  /** A group with its permissions, one a line, and its first accounts. */
  public GroupView group(Me me, String directory, String key) {
    Directory in = directory(me, directory);
    Group group = group(in, key);
    return new GroupView(
        directory,
        group,
        sorted(in.groupPermissions(key)),
        in.members(key, GroupView.MEMBERS),
        me.may(Action.PERMISSIONS));
  }

  private static Group group(Directory in, String key) {
    return in.groups().stream()
        .filter(g -> g.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new NotFoundException("There is no group " + key + "."));
  }

  public void changeGroup(Me me, String directory, String key, String name, String lines) {
    Directory in = directory(me, directory);
    me.require(Action.PERMISSIONS);
    Group group = group(in, key);
    Set<Permission> wanted = permissions(lines);
    Set<Permission> before = in.groupPermissions(key);
    wanted.stream().filter(p -> !before.contains(p)).forEach(p -> passOn(me, p));
    if (!name.isBlank() && !name.strip().equals(group.name())) {
      in.renameGroup(key, name, me.by(null));
    }
    in.setGroupPermissions(key, wanted, me.by(null));
  }

  public void deleteGroup(Me me, String directory, String key) {
    Directory in = directory(me, directory);
    me.require(Action.PERMISSIONS);
    in.deleteGroup(key, me.by(null));
  }
}
