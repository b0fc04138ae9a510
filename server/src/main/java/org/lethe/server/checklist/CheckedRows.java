package org.lethe.server.checklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.lethe.checklist.Finding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the last look, for all processes and after a restart. Thread-safe. */
@Component
final class CheckedRows {

  private static final Logger LOG = LoggerFactory.getLogger(CheckedRows.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcTemplate jdbc;

  CheckedRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void keep(Checked checked) {
    jdbc.update(
        """
        insert into lethe.checked (at, by, findings) values (?, ?, ?::jsonb)
        on conflict (only_row)
          do update set at = excluded.at, by = excluded.by, findings = excluded.findings
        """,
        Timestamp.from(checked.at()),
        checked.by(),
        JSON.writeValueAsString(checked.findings()));
  }

  Optional<Checked> find() {
    return jdbc.query("select at, by, findings from lethe.checked", CheckedRows::checked).stream()
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Another Lethe may know other findings: then it has to look itself. */
  private static Optional<Checked> checked(ResultSet row, int n) throws SQLException {
    List<Finding> findings;
    try {
      findings = JSON.readValue(row.getString("findings"), new TypeReference<List<Finding>>() {});
    } catch (JacksonException e) {
      LOG.info("the last look of the checklist is from another Lethe, and cannot be shown");
      return Optional.empty();
    }
    return Optional.of(
        new Checked(row.getTimestamp("at").toInstant(), row.getString("by"), findings));
  }
}
