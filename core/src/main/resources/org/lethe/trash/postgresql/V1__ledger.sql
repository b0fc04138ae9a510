-- What was removed, and all it takes to bring it back.

create table deletion (
  deletion_id  uuid primary key,
  deleted_at   timestamptz not null,
  root         jsonb,                    -- null once it is final: a predicate may name people
  root_table   text not null,
  label        text,                     -- null once it is final
  actor        text not null,
  reason       text,
  policy_hash  text not null,
  catalog_hash text not null,
  plan_hash    text not null,
  counts       jsonb not null,
  state        text not null default 'in_trash' check (state in ('in_trash', 'restored', 'purged')),
  keep_until   timestamptz not null,
  settled_at   timestamptz,
  settled_by   text,
  attempts     integer not null default 0,
  failure      text,                     -- why the last try to purge failed
  failed_at    timestamptz,
  retry_at     timestamptz               -- not before then
);
comment on table deletion is 'One executed removal: the unit of report, undo and purge.';

create index deletion_due on deletion (keep_until) where state = 'in_trash';
create index deletion_latest on deletion (deleted_at desc);

-- The tables of a deletion, parents before children, with the columns as they were.
create table archived_table (
  deletion_id  uuid not null references deletion on delete cascade,
  position     integer not null,
  table_schema text not null,
  table_name   text not null,
  columns      text[] not null,
  types        text[] not null,
  identity     text[] not null,          -- the columns that name a row; empty if nothing does
  removed      boolean not null,         -- false for a table whose rows only changed
  primary key (deletion_id, position)
);

-- Rows that are gone; values as text, in the order of archived_table.columns. No foreign key: it
-- would be checked for each of maybe millions of rows.
create table archived_row (
  deletion_id uuid not null,
  position    integer not null,
  image       text[] not null
);
create index archived_row_of on archived_row (deletion_id, position);

-- Rows that stayed and changed; changed holds places in archived_table.columns, from 1.
create table changed_row (
  deletion_id uuid not null,
  position    integer not null,
  key         text[] not null,           -- the whole row where nothing else names it
  changed     integer[] not null,
  was         text[] not null,
  now         text[] not null
);
create index changed_row_of on changed_row (deletion_id, position);

-- Reasons why a deletion must stay in the trash, however old it gets.
create table hold (
  hold_id     uuid primary key,
  deletion_id uuid not null references deletion on delete cascade,
  reason      text not null,
  held_until  timestamptz,               -- null: until it is lifted
  placed_at   timestamptz not null,
  placed_by   text not null,
  lifted_at   timestamptz,
  lifted_by   text
);
create index hold_of on hold (deletion_id) where lifted_at is null;

-- Who did what. Each entry's hash covers the one before it, so that none can be changed or taken
-- out unseen; the head tells when the last ones are missing.
create table audit (
  entry    bigint primary key,
  at       timestamptz not null,
  actor    text not null,
  action   text not null,
  object   text not null,
  reason   text,
  details  text not null,                -- JSON as it was hashed
  previous text not null,
  hash     text not null
);
create index audit_object on audit (object);
create index audit_actor on audit (actor);

create table audit_head (
  only_row boolean primary key default true check (only_row),
  entry    bigint not null,
  hash     text not null
);
insert into audit_head (entry, hash) values (0, '');

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is append-only';
end $$;
create trigger append_only before update or delete or truncate on audit
  for each statement execute function refuse_change();
