package org.lethe.account;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lethe.error.InputException;
import org.lethe.policy.Accounts;
import org.springframework.jdbc.core.JdbcOperations;

/** Pages and counts of the accounts of a directory; within the caller's transaction. */
final class AccountList {

  private final AccountRows rows;
  private final AccountTables tables;
  private final GroupRows groups;

  AccountList(AccountRows rows, GroupRows groups) {
    this.rows = rows;
    this.tables = rows.tables();
    this.groups = groups;
  }

  /** A condition and its values. */
  private record Where(List<String> all, List<Object> values) {

    static Where nothing() {
      return new Where(new ArrayList<>(), new ArrayList<>());
    }

    void and(String condition, Object... with) {
      all.add(condition);
      values.addAll(List.of(with));
    }

    String sql() {
      return all.isEmpty() ? "" : " where " + String.join(" and ", all);
    }
  }

  /** An account, and where it stands in the order. */
  private record Placed(Account account, String sort) {}

  AccountPage page(JdbcOperations jdbc, AccountQuery query) {
    Where where = where(query, true, true, true);
    String sort = sort(query.order());
    String key = "a." + rows.q(tables.key());
    String direction = query.descending() ? "desc" : "asc";
    String after = query.after();
    if (after != null) {
      String[] place = place(after);
      where.and(
          "(%s, %s) %s (?::%s, ?::%s)"
              .formatted(
                  sort,
                  key,
                  query.descending() ? "<" : ">",
                  sortType(query.order()),
                  tables.type(tables.key())),
          place[0],
          place[1]);
    }
    where.values().add(query.limit() + 1);
    List<Placed> found =
        jdbc.query(
            "select %s, (%s)::text as sort%s%s order by %s %s, %s %s limit ?"
                .formatted(
                    rows.columns(),
                    sort,
                    rows.from(),
                    where.sql(),
                    sort,
                    direction,
                    key,
                    direction),
            (rs, n) -> new Placed(rows.account(rs, n), rs.getString("sort")),
            where.values().toArray());
    boolean more = found.size() > query.limit();
    List<Placed> shown = more ? found.subList(0, query.limit()) : found;
    return new AccountPage(
        shown.stream().map(Placed::account).toList(),
        more ? next(shown.get(shown.size() - 1)) : null);
  }

  private static String next(Placed last) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(last.sort().getBytes(StandardCharsets.UTF_8))
        + "."
        + encoder.encodeToString(last.account().id().key().getBytes(StandardCharsets.UTF_8));
  }

  private static String[] place(String after) {
    int dot = after.indexOf('.');
    try {
      Base64.Decoder decoder = Base64.getUrlDecoder();
      return new String[] {
        new String(decoder.decode(after.substring(0, dot)), StandardCharsets.UTF_8),
        new String(decoder.decode(after.substring(dot + 1)), StandardCharsets.UTF_8)
      };
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw new InputException("there is no such page of accounts; start at the first", e);
    }
  }

  private String sort(AccountQuery.Order order) {
    String login = "a." + rows.q(tables.login());
    // Rows without a value would be lost between pages.
    String always = tables.loginAlways() ? login : "coalesce(" + login + "::text, '')";
    return switch (order) {
      case LOGIN -> always;
      case NAME -> tables.columns().name().isEmpty() ? always : rows.name();
      case EMAIL ->
          tables.columns().email() == null
              ? always
              : "coalesce(%s, '')".formatted(rows.text(tables.columns().email()));
      case JOINED -> time(tables.columns().joined() == null, order, always);
      case LAST_LOGIN -> time(tables.columns().lastLogin() == null, order, always);
    };
  }

  private String time(boolean missing, AccountQuery.Order order, String otherwise) {
    if (missing) {
      return otherwise;
    }
    String column =
        order == AccountQuery.Order.JOINED
            ? tables.columns().joined()
            : tables.columns().lastLogin();
    return "coalesce(%s, '-infinity'::timestamptz)".formatted(rows.time(column));
  }

  private String sortType(AccountQuery.Order order) {
    String login = tables.loginAlways() ? tables.type(tables.login()) : "text";
    return switch (order) {
      case LOGIN -> login;
      case NAME -> tables.columns().name().isEmpty() ? login : "text";
      case EMAIL -> tables.columns().email() == null ? login : "text";
      case JOINED -> tables.columns().joined() == null ? login : "timestamptz";
      case LAST_LOGIN -> tables.columns().lastLogin() == null ? login : "timestamptz";
    };
  }

  Facets facets(JdbcOperations jdbc, AccountQuery query) {
    String active = "a." + rows.q(tables.active());
    Where others = where(query, false, true, true);
    return new Facets(
        count(jdbc, where(query, true, true, true), "true"),
        count(jdbc, others, active),
        count(jdbc, others, "not " + active),
        count(jdbc, where(query, true, false, true), rows.truth(tables.columns().staff())),
        count(jdbc, where(query, true, true, false), rows.truth(tables.columns().superuser())),
        byGroup(jdbc, query.group(null)));
  }

  private long count(JdbcOperations jdbc, Where where, String only) {
    Long count =
        jdbc.queryForObject(
            "select count(*) filter (where %s)%s%s".formatted(only, rows.from(), where.sql()),
            Long.class,
            where.values().toArray());
    return count == null ? 0 : count;
  }

  private Map<String, Long> byGroup(JdbcOperations jdbc, AccountQuery query) {
    Map<String, Long> counts = new LinkedHashMap<>();
    Accounts.Groups mapped = tables.groups();
    if (mapped == null) {
      return counts;
    }
    Where where = where(query, true, true, true);
    jdbc.query(
        groups.countsSql("select a." + rows.q(tables.key()) + rows.from() + where.sql()),
        rs -> {
          counts.put(rs.getString(1), rs.getLong(2));
        },
        where.values().toArray());
    return counts;
  }

  private Where where(AccountQuery query, boolean active, boolean staff, boolean superuser) {
    Where where = Where.nothing();
    where.and("not " + rows.standIn());
    String text = query.text();
    if (text != null) {
      String like = "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
      List<String> places = new ArrayList<>(List.of(rows.text(tables.login())));
      if (!tables.columns().name().isEmpty()) {
        places.add(rows.name());
      }
      if (tables.columns().email() != null) {
        places.add(rows.text(tables.columns().email()));
      }
      where.and(
          "(" + String.join(" ilike ? or ", places) + " ilike ?)",
          places.stream().map(p -> (Object) like).toArray());
    }
    if (active && query.active() != null) {
      where.and((query.active() ? "" : "not ") + "a." + rows.q(tables.active()));
    }
    if (staff && query.staff() != null) {
      where.and((query.staff() ? "" : "not ") + rows.truth(tables.columns().staff()));
    }
    if (superuser && query.superuser() != null) {
      where.and((query.superuser() ? "" : "not ") + rows.truth(tables.columns().superuser()));
    }
    String group = query.group();
    if (group != null && tables.groups() != null) {
      where.and("a." + rows.q(tables.key()) + " in (" + groups.membersSql() + ")", group);
    }
    return where;
  }
}
