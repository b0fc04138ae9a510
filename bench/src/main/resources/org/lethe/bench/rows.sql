-- About 105 rows per user, the same every time. User 1 owns one row in 200 of what hangs on users, so
-- that about one row in 100 goes with it; the others own more the lower their id.
-- ${users} is how many users there are.
select setseed(0.1);
insert into users
  select i, 'user' || i, 'user' || i || '@example.org', timestamptz '2021-01-01Z' + i * interval '7 minutes', floor(random() * 4)
    from generate_series(1, ${users}::bigint) as i;
insert into profiles
  select i, i, repeat(md5(i::text), 4), jsonb_build_object('theme', i % 5, 'language', 'l' || i % 20, 'zone', i % 24)
    from generate_series(1, ${users}::bigint) as i;
insert into products
  select i, 'product ' || i, round((random() * 500)::numeric, 2) from generate_series(1, ${users}::bigint / 2) as i;
insert into posts
  select i, ${owner}, 'post ' || md5(i::text), repeat(md5(i::text), 8), timestamptz '2021-01-01Z' + i * interval '1 minute'
    from generate_series(1, ${users}::bigint * 6) as i;
-- Half of them open a thread; the others answer one of the twenty before them, whose thread, and post, is theirs.
insert into comments
  with plain as (
    select i, 1 + floor(${users} * 6 * power(random(), 1.3))::bigint as post, ${owner} as author,
           case when i % 20 <> 1 and random() < 0.5 then i - 1 - floor(random() * ((i - 1) % 20))::bigint end as parent
      from generate_series(1, ${users}::bigint * 20) as i)
  select i, first_value(post) over (partition by (i - 1) / 20 order by i), author, parent, repeat(md5(i::text), 3),
         timestamptz '2021-01-01Z' + i * interval '20 seconds'
    from plain order by i;
insert into votes
  select min(i), comment, voter, 1
    from (select i, 1 + floor(${users} * 20 * random())::bigint as comment, ${owner} as voter
            from generate_series(1, ${users}::bigint * 24) as i) as v
   group by comment, voter order by 1;
insert into attachments
  select i, 1 + floor(${users} * 6 * random())::bigint, md5(i::text) || '.png', floor(random() * 1e6)
    from generate_series(1, ${users}::bigint * 3) as i;
insert into orders
  select i, ${owner}, round((random() * 900)::numeric, 2), timestamptz '2021-01-01Z' + i * interval '2 minutes'
    from generate_series(1, ${users}::bigint * 4) as i;
insert into order_items
  select i, 1 + (i - 1) / 3, 1 + floor(${users} / 2 * random())::bigint, 1 + floor(random() * 4), round((random() * 500)::numeric, 2)
    from generate_series(1, ${users}::bigint * 12) as i;
insert into sessions
  select md5('session' || i)::uuid, ${owner}, '10.0.' || i % 256 || '.' || i % 251, timestamptz '2025-01-01Z' + i * interval '3 minutes'
    from generate_series(1, ${users}::bigint * 3) as i;
insert into audit_log
  select i, ${owner}, 'action ' || i % 40, timestamptz '2021-01-01Z' + i * interval '40 seconds'
    from generate_series(1, ${users}::bigint * 10) as i;
insert into groups
  select i, ${owner}, 'group ' || i from generate_series(1, ${users}::bigint / 20) as i;
insert into group_members
  select g, member, timestamptz '2021-01-01Z' + min(i) * interval '2 minutes'
    from (select i, 1 + floor(${users} / 20 * random())::bigint as g, ${owner} as member
            from generate_series(1, ${users}::bigint * 4) as i) as m
   group by g, member order by min(i);
insert into messages
  select i, ${owner}, ${owner}, repeat(md5(i::text), 3), timestamptz '2021-01-01Z' + i * interval '1 minute'
    from generate_series(1, ${users}::bigint * 8) as i;
insert into notifications
  select i, ${owner}, case when random() < 0.9 then ${owner} end, 'kind ' || i % 12, timestamptz '2021-01-01Z' + i * interval '1 minute'
    from generate_series(1, ${users}::bigint * 8) as i;
