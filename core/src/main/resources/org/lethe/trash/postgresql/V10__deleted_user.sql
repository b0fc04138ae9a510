-- The account that stands in for those that are gone, where Lethe made one.
create table deleted_user (
  table_schema  text not null,
  table_name    text not null,
  key           text not null,
  made_at       timestamptz not null,
  made_by       text not null,
  primary key (table_schema, table_name)
);
