package org.lethe.account;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.policy.Accounts;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcOperations;

/** The groups of one directory and who is in them, as rows; within the caller's transaction. */
final class GroupRows {

  private final AccountTables tables;
  private final Dialect dialect;

  GroupRows(AccountTables tables, Dialect dialect) {
    this.tables = tables;
    this.dialect = dialect;
  }

  private Accounts.Groups groups() {
    Accounts.Groups groups = tables.groups();
    if (groups == null) {
      throw new InputException(
          "the directory %s has no groups; name them in the policy under accounts.groups and accounts.memberships"
              .formatted(tables.directory()));
    }
    return groups;
  }

  private String q(String name) {
    return dialect.quote(name);
  }

  private String all() {
    return "select g.%s::text, g.%s::text from %s as g"
        .formatted(q(groups().id()), q(groups().name()), dialect.quote(groups().table()));
  }

  List<Group> list(JdbcOperations jdbc) {
    return jdbc.query(
        all() + " order by 2, 1", (rs, n) -> new Group(rs.getString(1), rs.getString(2)));
  }

  List<Group> of(JdbcOperations jdbc, String account) {
    return jdbc.query(
        all()
            + " where g.%s in (select m.%s from %s as m where m.%s = ?::%s) order by 2, 1"
                .formatted(
                    q(groups().id()),
                    q(groups().group()),
                    dialect.quote(groups().memberships()),
                    q(groups().account()),
                    tables.memberAccountType()),
        (rs, n) -> new Group(rs.getString(1), rs.getString(2)),
        account);
  }

  Optional<Group> find(JdbcOperations jdbc, String key) {
    return jdbc
        .query(
            all() + " where g.%s::text = ?".formatted(q(groups().id())),
            (rs, n) -> new Group(rs.getString(1), rs.getString(2)),
            key)
        .stream()
        .findFirst();
  }

  /** The keys of all accounts in one group; takes its key. */
  String membersSql() {
    return "select m.%s from %s as m where m.%s = ?::%s"
        .formatted(
            q(groups().account()),
            dialect.quote(groups().memberships()),
            q(groups().group()),
            tables.memberGroupType());
  }

  /**
   * How many of some accounts are in each group.
   *
   * @param accounts whose keys a statement finds; null for all
   */
  String countsSql(@Nullable String accounts) {
    return "select m.%s::text, count(*) from %s as m%s group by 1"
        .formatted(
            q(groups().group()),
            dialect.quote(groups().memberships()),
            accounts == null
                ? ""
                : " where m.%s in (%s)".formatted(q(groups().account()), accounts));
  }

  /** False if it was in the group already. */
  boolean add(JdbcOperations jdbc, String account, String group) {
    Accounts.Groups g = groups();
    return jdbc.update(
            """
            insert into %1$s (%2$s, %3$s)
            select ?::%4$s, ?::%5$s
             where not exists (select from %1$s where %2$s = ?::%4$s and %3$s = ?::%5$s)
            """
                .formatted(
                    dialect.quote(g.memberships()),
                    q(g.account()),
                    q(g.group()),
                    tables.memberAccountType(),
                    tables.memberGroupType()),
            account,
            group,
            account,
            group)
        > 0;
  }

  /** False if it was not in the group. */
  boolean remove(JdbcOperations jdbc, String account, String group) {
    Accounts.Groups g = groups();
    return jdbc.update(
            "delete from %s where %s = ?::%s and %s = ?::%s"
                .formatted(
                    dialect.quote(g.memberships()),
                    q(g.account()),
                    tables.memberAccountType(),
                    q(g.group()),
                    tables.memberGroupType()),
            account,
            group)
        > 0;
  }

  String create(JdbcOperations jdbc, String name) {
    Accounts.Groups g = groups();
    return String.valueOf(
        jdbc.queryForObject(
            "insert into %s (%s) values (?) returning %s::text"
                .formatted(dialect.quote(g.table()), q(g.name()), q(g.id())),
            String.class,
            name));
  }

  void rename(JdbcOperations jdbc, String key, String name) {
    jdbc.update(
        "update %s set %s = ? where %s::text = ?"
            .formatted(dialect.quote(groups().table()), q(groups().name()), q(groups().id())),
        name,
        key);
  }

  /** Its memberships first: not every database takes them along. */
  void delete(JdbcOperations jdbc, String key) {
    jdbc.update(
        "delete from %s where %s = ?::%s"
            .formatted(
                dialect.quote(groups().memberships()),
                q(groups().group()),
                tables.memberGroupType()),
        key);
    jdbc.update(
        "delete from %s where %s::text = ?"
            .formatted(dialect.quote(groups().table()), q(groups().id())),
        key);
  }

  /** Takes an account out of all groups; its memberships as JSON, whatever else is in them. */
  List<Membership> take(JdbcOperations jdbc, String account) {
    if (tables.groups() == null) {
      return List.of();
    }
    return jdbc.query(
        "delete from %s as m where m.%s = ?::%s returning m.%s::text, to_jsonb(m)::text"
            .formatted(
                dialect.quote(groups().memberships()),
                q(groups().account()),
                tables.memberAccountType(),
                q(groups().group())),
        (rs, n) -> new Membership(rs.getString(1), rs.getString(2)),
        account);
  }

  /**
   * A membership that was taken.
   *
   * @param row all of it, as JSON
   */
  record Membership(String group, String row) {}

  /** Brings a membership back as it was; false if its group is gone, or it is there already. */
  boolean bring(JdbcOperations jdbc, String account, Membership membership) {
    if (tables.groups() == null || find(jdbc, membership.group()).isEmpty()) {
      return false;
    }
    if (of(jdbc, account).stream().anyMatch(g -> g.key().equals(membership.group()))) {
      return false;
    }
    String columns = dialect.quote(tables.memberColumns());
    jdbc.execute("savepoint bring");
    try {
      jdbc.update(
          "insert into %1$s (%2$s) overriding system value select %2$s from jsonb_populate_record(null::%1$s, ?::jsonb)"
              .formatted(dialect.quote(groups().memberships()), columns),
          membership.row());
    } catch (DataIntegrityViolationException e) {
      // Who added them may be gone by now; that they are in the group is what counts.
      jdbc.execute("rollback to savepoint bring");
      add(jdbc, account, membership.group());
    }
    jdbc.execute("release savepoint bring");
    return true;
  }
}
