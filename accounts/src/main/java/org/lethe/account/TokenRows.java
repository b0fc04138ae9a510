package org.lethe.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcOperations;

/** Tokens of accounts, as rows; within the caller's transaction. */
final class TokenRows {

  static final String COLUMNS =
      "select token_id, directory, account, name, scopes, created_at, expires_at, last_used, revoked_at from lethe.api_token";

  private TokenRows() {}

  /** How many there were. */
  static long revokeAll(JdbcOperations jdbc, AccountId account, Instant now) {
    jdbc.update(
        "delete from lethe.password_reset where directory = ? and account = ?",
        account.directory(),
        account.key());
    return jdbc.update(
        """
        update lethe.api_token set revoked_at = ?
         where directory = ? and account = ? and revoked_at is null and (expires_at is null or expires_at > ?)
        """,
        Timestamp.from(now),
        account.directory(),
        account.key(),
        Timestamp.from(now));
  }

  static String text(Iterable<Permission> scopes) {
    StringBuilder text = new StringBuilder();
    scopes.forEach(s -> text.append(text.isEmpty() ? "" : "\n").append(s.text()));
    return text.toString();
  }

  static ApiToken token(ResultSet rs, int n) throws SQLException {
    return new ApiToken(
        rs.getLong("token_id"),
        new AccountId(rs.getString("directory"), rs.getString("account")),
        rs.getString("name"),
        List.of(rs.getString("scopes").split("\n", -1)).stream()
            .filter(s -> !s.isEmpty())
            .map(Permission::of)
            .collect(Collectors.toUnmodifiableSet()),
        rs.getTimestamp("created_at").toInstant(),
        AccountRows.instant(rs.getTimestamp("expires_at")),
        AccountRows.instant(rs.getTimestamp("last_used")),
        AccountRows.instant(rs.getTimestamp("revoked_at")));
  }
}
