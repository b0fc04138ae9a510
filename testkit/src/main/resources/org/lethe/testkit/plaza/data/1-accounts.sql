insert into team (team_id, name, lead_id, created_at)
select n,
       (array['Garden', 'Workshop', 'Choir', 'Market', 'Repair café', 'Cinema', 'Pool', 'Night bus',
              'Chess', 'Seeds', 'Library', 'Square'])[n],
       10 + n,
       pg_temp.days_ago(2000 - n, 'team', n)
  from generate_series(1, 12) as n;

insert into account (account_id, username, email, display_name, password_hash, preferences, created_at)
values (0, 'former-member', 'former-member@example.org', 'Former member', '!', '{}', '2020-01-01 00:00:00+00');

insert into account (account_id, username, email, display_name, password_hash, team_id, preferences,
                     last_ip, created_at, confirmed_at, last_login, deleted_at)
select n,
       split_part(p.email, '@', 1),
       p.email,
       case n when 66 then '<script>alert("plaza")</script>' else p.given || ' ' || p.family end,
       '$2b$12$' || md5('password' || n),
       case when n % 3 = 0 then 1 + n / 3 % 12 end,
       jsonb_build_object('language', (array['en', 'el', 'ru', 'ja', 'ar'])[1 + n % 5], 'mail', n % 2 = 0),
       pg_temp.ip(n),
       pg_temp.days_ago(1200 + n, 'created', n),
       case when n % 25 <> 3 then pg_temp.days_ago(1199 + n, 'created', n) end,
       case when n % 25 = 3 then null
            when n % 12 = 7 then pg_temp.days_ago(750 + n % 400, 'login', n)
            else pg_temp.days_ago(1 + n % 90, 'login', n) end,
       case when n % 60 = 59 and n < 599 then pg_temp.days_ago(n % 45, 'deleted', n) end
  from generate_series(1, 599) as n
  join person p on p.person_no = n;

-- Some were told to leave.
update account set active = false, deactivated_at = pg_temp.days_ago(account_id % 300, 'deactivated', account_id),
                   deactivated_why = 'spam'
 where account_id % 60 = 31;

insert into "group" (group_id, name)
values (1, 'administrators'), (2, 'moderators'), (3, 'shopkeepers'), (4, 'support'), (5, 'members'), (6, 'guests');

insert into permission (code, description)
select o || '.' || a, 'May ' || a || ' ' || o || 's'
  from unnest(array['post', 'comment', 'order', 'ticket', 'account']) as o
 cross join unnest(array['view', 'add', 'change', 'delete']) as a;

insert into group_permission (group_id, permission_code)
select g.group_id, p.code
  from "group" g
  join permission p on g.group_id = 1
    or g.group_id = 2 and (p.code like 'post.%' or p.code like 'comment.%')
    or g.group_id = 3 and p.code like 'order.%'
    or g.group_id = 4 and p.code like 'ticket.%'
    or g.group_id = 5 and (p.code like '%.add' or p.code like '%.view')
    or g.group_id = 6 and p.code like '%.view';

insert into account_group (account_id, group_id, added_by)
select n, 5, case when n > 5 then 1 + n % 5 end from generate_series(1, 598) as n
union all
select n, 1 + n % 4, case when n > 5 then 1 end from generate_series(1, 120) as n;

insert into session (session_id, account_id, ip, user_agent, created_at, expires_at)
select md5('session' || n)::uuid, a.account_id,
       pg_temp.ip(a.account_id + n % 2),
       (array['Mozilla/5.0 (X11; Linux x86_64)', 'Mozilla/5.0 (iPhone)', 'curl/8.5', null])[1 + n % 4],
       pg_temp.days_ago(1 + n % 30, 'session', n),
       pg_temp.days_ago(1 + n % 30, 'session', n) + interval '14 days'
  from generate_series(1, 900) as n
 cross join lateral (select 1 + n % 598) as a (account_id);

insert into api_token (api_token_id, account_id, name, token_hash, scopes, last_used_at, expires_at)
select n, case n when 1 then 101 else 1 + n * 7 % 598 end, 'token ' || n, decode(md5('token' || n), 'hex'),
       (array['{read}', '{read,write}', '{}', '{"read","admin:*"}'])[1 + n % 4]::text[],
       case when n % 3 > 0 then pg_temp.days_ago(n, 'used', n) end,
       case when n % 2 = 0 then pg_temp.days_ago(n - 200, 'expires', n) end
  from generate_series(1, 250) as n;
