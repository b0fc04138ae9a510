-- Pages search the audit by action and time, and show what went on each day.
create index audit_action on audit (action, entry);
create index audit_at on audit (at);
create index rule_run_started on rule_run (started_at);
create index deletion_purged on deletion (settled_at) where state = 'purged';
