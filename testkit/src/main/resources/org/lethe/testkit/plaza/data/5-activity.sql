insert into action_type (action_id, name)
select n - 1, a from unnest(array['something', 'signed in', 'wrote', 'changed', 'removed', 'liked', 'shared', 'reported',
                                  'approved', 'exported', 'imported', 'moved']) with ordinality as v (a, n);

insert into recent_action (recent_action_id, account_id, action, object_type, object_id, happened_at)
select n, pg_temp.some_account('action', n), 1 + pg_temp.pick('kind', n, 11), o.type, 1 + pg_temp.pick('object', n, o.highest),
       pg_temp.days_ago(n % 120, 'action', n)
  from generate_series(1, 8000) as n
  join (values (0, 'post', 2400), (1, 'comment', 11000), (2, 'order', 4000), (3, 'customer', 799), (4, 'ticket', 900))
       as o (no, type, highest) on o.no = n % 5;

insert into attachment (attachment_id, object_type, object_id, file_name, content)
select n, o.type, 1 + pg_temp.pick('attached', n, o.highest),
       pg_temp.one_of(array['photo.jpg', 'Rechnung.pdf', 'notes.txt', 'σχέδιο.png', '写真.jpg'], 'file', n),
       decode(repeat(md5('file' || n), 1 + n % 8), 'hex')
  from generate_series(1, 1500) as n
  join (values (0, 'post', 2400), (1, 'message', 6000), (2, 'ticket', 900)) as o (no, type, highest) on o.no = n % 3;

-- Typed by hand: in capitals, with blanks around, wrongly, or not at all.
insert into sign_in_attempt (sign_in_attempt_id, email, ip, succeeded, attempted_at)
select n,
       case when n % 11 = 0 then null
            when n % 9 = 0 then 'nobody' || n % 500 || '@example.net'
            when n % 5 = 1 then upper(a.email)
            when n % 7 = 1 then '  ' || a.email || ' '
            else a.email end,
       case when n % 4 = 0 then pg_temp.ip(n) else a.last_ip end,
       n % 11 > 0 and n % 9 > 0 and n % 3 > 0,
       pg_temp.days_ago(n % 60, 'attempt', n)
  from generate_series(1, 9000) as n
  join account a on a.account_id = pg_temp.some_account('attempt', n);

insert into event (event_id, kind, payload, occurred_at)
select md5('event' || n)::uuid, k.kind,
       case when n % 13 = 0 then jsonb_build_object('system', 'restart', 'seconds', n % 60)
            else jsonb_build_object('customer', jsonb_build_object('id', c.customer_id, 'country', 'XX'),
                                    'order', n, 'amounts', jsonb_build_array(n % 100, 1.50, null)) end,
       pg_temp.days_ago(n % 365, 'event', n)
  from generate_series(1, 4000) as n
 cross join lateral (select pg_temp.one_of(array['order.placed', 'order.shipped', 'mail.sent', 'page.viewed'], 'event', n)) as k (kind)
 cross join lateral (select case when n % 400 = 3 then 1 else pg_temp.some_customer('event', n) end) as c (customer_id);

insert into access_log (account_id, "remoteAddr", path, requested_at)
select case when n % 3 > 0 then a.account_id end, pg_temp.ip(a.account_id),
       pg_temp.one_of(array['/', '/posts', '/shop', '/cart', '/polls', '/me'], 'path', n),
       timestamptz '2025-12-01 00:00:00+00' + n * interval '5 minutes'
  from generate_series(1, 10054) as n
 cross join lateral (select pg_temp.some_account('access', n)) as a (account_id);
