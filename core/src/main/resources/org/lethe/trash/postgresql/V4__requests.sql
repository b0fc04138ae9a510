-- Requests of people: who asked, what became of it, and what is left to do. Whatever tells who it
-- is, is sealed with a key that is kept elsewhere.

create table request (
  request_id     uuid primary key,
  number         bigint generated always as identity unique,
  kind           text not null check (kind in ('access', 'portability', 'erasure', 'restriction')),
  subject_type   text not null,
  subject_hash   text not null,          -- keyed: tells requests of one person, not whose
  sealed_subject bytea,                  -- null once all is done
  state          text not null,
  law            text not null,
  received_at    timestamptz not null,
  due_at         timestamptz not null,
  extended_why   text,
  verified_how   text,
  verify_hash    text,                   -- of the word that was mailed
  verify_until   timestamptz,
  opened_by      text not null,
  collected_by   text,
  approved_by    text,
  reason         text,                   -- why it was denied or withdrawn
  plan           jsonb,                  -- what was approved: counts, nothing of anybody
  policy_hash    text,
  settled_at     timestamptz,
  next_at        timestamptz             -- when there is something to do again
);
create index request_subject on request (subject_hash);
create index request_latest on request (received_at desc);
create index request_next on request (next_at) where next_at is not null;

-- How a request came from one state to the next.
create table request_step (
  request_id uuid not null references request on delete cascade,
  step       integer not null,
  at         timestamptz not null,
  actor      text not null,
  from_state text,
  to_state   text not null,
  reason     text,
  primary key (request_id, step)
);

-- The stores a request has to do with, and how far it has come in each.
create table request_store (
  request_id uuid not null references request on delete cascade,
  store      text not null,
  state      text not null check (state in ('to_locate', 'located', 'waiting', 'done')),
  attempts   integer not null default 0,
  failure    text,
  retry_at   timestamptz,
  primary key (request_id, store)
);

-- Where pieces lie, sealed; gone once all is done. The hash tells a piece that is known already.
create table request_piece (
  request_id uuid not null references request on delete cascade,
  store      text not null,
  hash       text not null,
  place      text not null,
  sealed     bytea not null,
  state      text not null default 'found' check (state in ('found', 'erasing', 'pending', 'done')),
  reference  bytea,                      -- sealed: what to ask by
  ask_at     timestamptz,
  primary key (request_id, store, hash)
);

-- What became of the data, per place: counts and grounds, nothing of anybody.
create table request_outcome (
  request_id uuid not null references request on delete cascade,
  store      text not null,
  place      text not null,
  outcome    text not null,
  ground     text not null default '',
  items      bigint not null,
  until      timestamptz,
  primary key (request_id, store, place, outcome, ground)
);

-- Rows of the person that had to stay, by key; they are looked at again when their time is over.
create table request_row (
  request_id   uuid not null references request on delete cascade,
  table_schema text not null,
  table_name   text not null,
  key          text[] not null,
  until        timestamptz
);
create index request_row_of on request_row (request_id);

-- Reasons why single rows must not be erased yet.
create table row_hold (
  hold_id      uuid primary key,
  table_schema text not null,
  table_name   text not null,
  key          text[] not null,
  reason       text not null,
  held_until   timestamptz,              -- null: until it is lifted
  placed_at    timestamptz not null,
  placed_by    text not null,
  lifted_at    timestamptz,
  lifted_by    text
);
create index row_hold_on on row_hold (table_schema, table_name) where lifted_at is null;

-- Exports that can be fetched.
create table request_download (
  download_id uuid primary key,
  request_id  uuid not null references request on delete cascade,
  file        text not null,
  sha256      text not null,
  bytes       bigint not null,
  made_at     timestamptz not null,
  expires_at  timestamptz not null,
  token_hash  text not null,
  fetched     integer not null default 0
);

-- Those who must not come back by way of an import: keyed hashes of what they were known by.
create table suppressed (
  hash       text primary key,
  at         timestamptz not null,
  request_id uuid
);

-- Everyone who was erased, by keyed hashes of their keys: to erase again after a backup.
create table erased (
  subject_type text not null,
  hash         text not null,
  at           timestamptz not null,
  request_id   uuid not null
);
create index erased_at on erased (at);
