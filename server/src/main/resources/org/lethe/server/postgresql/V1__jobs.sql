-- Long work that somebody started in the admin, so that how far it is survives a reload, and the
-- process that does it. What it changes is in other tables; this only tells.
create table job (
  job_id       uuid primary key,
  kind         text not null,
  label        text not null,
  started_by   text not null,          -- the account, as directory:key
  started_at   timestamptz not null,
  beat_at      timestamptz not null,   -- when its process last said that it lives
  done         bigint not null default 0,
  total        bigint,                 -- null where nobody knows
  finished_at  timestamptz,
  failure      text,
  outcome      text,
  path         text                    -- where its outcome can be seen
);
create index job_latest on job (started_at desc);

-- What programs asked for with a key of their own, so that asking twice does it once.
create table idempotent_call (
  caller       text not null,
  key          text not null,
  fingerprint  text not null,          -- of method, path and body
  at           timestamptz not null,
  status       integer,                -- null while it runs
  headers      jsonb,
  body         text,
  primary key (caller, key)
);
create index idempotent_call_at on idempotent_call (at);
