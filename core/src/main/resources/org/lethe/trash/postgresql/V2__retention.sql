-- Retention: what rules and purges did, what is set aside or paused, and when what runs next.

-- One run of one rule; commits together with what it did.
create table rule_run (
  run_id      uuid primary key,
  number      bigint generated always as identity unique,   -- in the order of their beginning
  round       uuid not null,             -- runs that were started together
  rule        text not null,
  action      text not null,
  actor       text not null,
  state       text not null default 'running'
              check (state in ('running', 'finished', 'stopped', 'failed', 'unfinished')),
  started_at  timestamptz not null,
  finished_at timestamptz,
  report      jsonb not null default '{}',  -- counts and reasons; nothing of anybody
  failure     text,
  continues   uuid references rule_run on delete set null
);
comment on table rule_run is 'One run of a retention rule: who, when, what came of it.';
create index rule_run_latest on rule_run (rule, number desc);

-- Rows that a rule could not take, by a hash of their key; they rest before they are tried again.
create table rule_set_aside (
  rule     text not null,
  key_hash text not null,
  attempts integer not null,
  retry_at timestamptz not null,
  primary key (rule, key_hash)
);

-- What must not run for now: purge, or rule and its name.
create table pause (
  task      text primary key,
  reason    text not null,
  paused_at timestamptz not null,
  paused_by text not null
);

-- The purges: only the latest matter.
create table purge_run (
  number      bigint generated always as identity primary key,
  actor       text not null,
  started_at  timestamptz not null,
  finished_at timestamptz not null,
  purged      bigint not null,
  rows        bigint not null,
  failed      bigint not null
);

-- When which task runs next, and which process works on it: in the form of db-scheduler 16.
create table scheduled_tasks (
  task_name            text not null,
  task_instance        text not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint not null,
  priority             smallint,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_time on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
