-- Rows may also stay and be marked as deleted, in columns of the application's own.

alter table archived_table
  add fate text check (fate in ('removed', 'changed', 'marked')),
  add flags text[] not null default '{}';     -- the columns that mark a row; else empty

update archived_table set fate = case when removed then 'removed' else 'changed' end;

alter table archived_table alter fate set not null, alter flags drop default, drop removed;
