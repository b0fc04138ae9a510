-- Acts that cannot be taken back and that a second person is to agree to, where the policy says so.
create table approval (
  approval_id   uuid primary key,
  act           text not null check (act in ('delete', 'purge', 'rules')),
  label         text not null,         -- for people; what it concerns once it is settled
  table_schema  text,                  -- whose rights are asked; null where no table is concerned
  table_name    text,
  payload       text,                  -- exactly what is to be done; nothing once it is settled
  hash          text not null,         -- of it
  reason        text not null,
  asked_at      timestamptz not null,
  asked_by      text not null,         -- the account, as directory:key
  expires_at    timestamptz not null,
  settled_at    timestamptz,
  settled_by    text,
  outcome       text                   -- running, done, refused, or why it came to nothing
);
create index approval_open on approval (asked_at) where settled_at is null;
