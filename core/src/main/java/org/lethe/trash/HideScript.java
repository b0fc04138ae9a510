package org.lethe.trash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lethe.collect.Flags;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.FlagColumns;
import org.lethe.schema.Column;
import org.lethe.schema.Table;

/**
 * SQL that hides rows marked as deleted from the application's role, so that the application need
 * not think of them in each of its queries. To be read, and run by the owner of the tables; running
 * it again does no harm. Thread-safe.
 */
public final class HideScript {

  private static final String HIDE = "lethe_hide";
  private static final String REST = "lethe_rest";

  private final Decisions decisions;
  private final Dialect dialect;

  public HideScript(Decisions decisions, Dialect dialect) {
    this.decisions = decisions;
    this.dialect = dialect;
  }

  /** The tables whose rows the policy wants marked, by name. */
  public List<Table> tables() {
    return decisions.catalog().tables().values().stream()
        .filter(t -> decisions.trash(t.id()).flag() != null)
        .sorted(Comparator.comparing(Table::id))
        .toList();
  }

  /** By row-level security: the application's queries stay as they are. */
  public String policies(String role) {
    List<String> lines = new ArrayList<>();
    lines.add("-- The role must neither own these tables nor have BYPASSRLS: both see everything.");
    lines.add("begin;");
    for (Table table : tables()) {
      String name = dialect.quote(table.id());
      lines.add("");
      if (!table.rowSecurity()) {
        lines.add("alter table %s enable row level security;".formatted(name));
        lines.add("drop policy if exists %s on %s;".formatted(REST, name));
        lines.add("-- Whoever else may use the table sees what they saw before.");
        lines.add(
            "create policy %s on %s as permissive for all using (true) with check (true);"
                .formatted(REST, name));
      }
      lines.add("drop policy if exists %s on %s;".formatted(HIDE, name));
      lines.add(
          "create policy %s on %s as restrictive for all to %s using (%s) with check (true);"
              .formatted(HIDE, name, dialect.quote(role), live(table)));
    }
    lines.add("");
    lines.add("commit;");
    return text(lines);
  }

  /** Takes back what {@link #policies} did. */
  public String undoPolicies() {
    List<String> lines = new ArrayList<>();
    lines.add("begin;");
    for (Table table : tables()) {
      String name = dialect.quote(table.id());
      lines.add("");
      lines.add("drop policy if exists %s on %s;".formatted(HIDE, name));
      lines.add(
          """
          do $$ begin
            if exists (select from pg_policy where polname = '%s' and polrelid = %s::regclass) then
              drop policy %s on %s;
              alter table %s disable row level security;
            end if;
          end $$;"""
              .formatted(REST, dialect.literal(name), REST, name, name));
    }
    lines.add("");
    lines.add("commit;");
    return text(lines);
  }

  /**
   * By views of the same names in a schema that the role looks into first; it loses its rights on
   * the tables themselves.
   */
  public String views(String role, String schema) {
    String to = dialect.quote(role);
    String in = dialect.quote(schema);
    List<String> lines = new ArrayList<>();
    lines.add("begin;");
    lines.add("create schema if not exists %s;".formatted(in));
    lines.add("grant usage on schema %s to %s;".formatted(in, to));
    for (Table table : tables()) {
      String view = in + "." + dialect.quote(table.id().name());
      lines.add("");
      lines.add(
          "create or replace view %s as\nselect %s\n  from %s\n where %s;"
              .formatted(
                  view,
                  table.columns().stream()
                      .map(Column::name)
                      .map(dialect::quote)
                      .collect(Collectors.joining(", ")),
                  dialect.quote(table.id()),
                  live(table)));
      lines.add("revoke all on %s from %s;".formatted(dialect.quote(table.id()), to));
      lines.add("grant select, insert, update, delete on %s to %s;".formatted(view, to));
    }
    lines.add("");
    lines.add("-- From its next session on, the role finds the views first.");
    lines.add(
        "alter role %s set search_path = %s;"
            .formatted(
                to,
                Stream.concat(Stream.of(schema), decisions.catalog().searchPath().stream())
                    .map(dialect::quote)
                    .collect(Collectors.joining(", "))));
    lines.add("commit;");
    return text(lines);
  }

  private String live(Table table) {
    FlagColumns flag = Objects.requireNonNull(decisions.trash(table.id()).flag());
    return Flags.isLive(dialect, flag, dialect.quote(table.id().name()));
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
