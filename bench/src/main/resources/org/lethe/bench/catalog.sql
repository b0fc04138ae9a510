-- 250 tables of a dozen columns with 450 references and their indexes: what a large application has. No rows.
do $$
begin
  for i in 1..250 loop
    execute format(
      'create table t%1$s (id bigint primary key, parent_id bigint, other_id bigint, name text not null, note text, '
      'amount numeric(12,2), quantity int, state smallint not null default 0, details jsonb, '
      'created_at timestamptz not null default now(), updated_at timestamptz, token uuid unique)', i);
  end loop;
  for i in 2..250 loop
    execute format('alter table t%s add foreign key (parent_id) references t%s on delete cascade', i, i / 2);
    execute format('create index on t%s (parent_id)', i);
  end loop;
  for i in 1..201 loop
    execute format('alter table t%s add foreign key (other_id) references t%s', i, 1 + i * 7 % 250);
    execute format('create index on t%s (other_id)', i);
  end loop;
end
$$;
