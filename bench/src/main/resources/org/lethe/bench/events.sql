-- W5: the older half is to go.
create table events (id bigint primary key, created_at timestamptz not null, kind text not null, payload text not null);
insert into events
  select i, timestamptz '2023-01-01Z' + i * (interval '730 days' / ${rows}), 'kind ' || i % 17, repeat(md5(i::text), 3)
    from generate_series(1, ${rows}::bigint) as i;
create index events_created_at on events (created_at);
