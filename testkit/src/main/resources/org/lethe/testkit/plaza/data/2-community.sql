-- Some authors have left before: what they wrote belongs to account 0.
insert into post (post_id, author_id, state, title, body, tags, created_at, deleted_at)
select n,
       case when n % 200 = 99 then 0 else pg_temp.some_account('post', n) end,
       (case when n % 15 = 0 then 'draft' when n % 40 = 7 then 'hidden' else 'published' end)::post_state,
       case n when 66 then '<img src=x onerror="alert(1)"> & friends'
              when 1000 then 'A thread without end'
              else pg_temp.sentence('title', n) end,
       pg_temp.sentence('body', n) || E'\n' || pg_temp.sentence('body', n + 5000),
       (array['{}', '{garden}', '{music,"night life"}', '{shop,help,"a \"quoted\" tag"}'])[1 + n % 4]::text[],
       pg_temp.days_ago(2400 - n, 'post', n),
       case when n % 300 = 17 then pg_temp.days_ago(n % 40, 'deleted', n) end
  from generate_series(1, 2400) as n;

-- Comments 1 to 400 are one thread, each an answer to the one before, under post 1000.
insert into comment (comment_id, post_id, parent_id, author_id, body, created_at)
select n, 1000, nullif(n - 1, 0), pg_temp.some_account('thread', n), 'Answer number ' || n || '.',
       timestamptz '2025-03-01 12:00:00+00' + n * interval '10 minutes'
  from generate_series(1, 400) as n;

-- The others are spread over the posts; those 2300 apart share one, and most answer each other.
insert into comment (comment_id, post_id, parent_id, author_id, body, created_at)
select n, 1 + n * 7 % 2300,
       case when n > 2700 and n % 3 > 0 then n - 2300 end,
       case when n % 500 = 499 then 0 else pg_temp.some_account('comment', n) end,
       pg_temp.sentence('comment', n),
       timestamptz '2023-06-01 00:00:00+00' + n * interval '2 hours'
  from generate_series(401, 11000) as n;

update post set pinned_comment_id = c.last_id
  from (select post_id, max(comment_id) filter (where post_id <> 1000 or comment_id <= 400) as last_id
          from comment group by post_id) as c
 where c.post_id = post.post_id and post.post_id % 10 = 0;

insert into poll (poll_id, post_id, created_by, question, closes_on)
select n, case when n % 2 = 0 then n * 20 end, case n when 12 then 101 else pg_temp.some_account('poll', n) end,
       pg_temp.one_of(array['Where shall we meet?', 'Which day suits you?', 'Πού;', 'Когда?', '哪里？', 'متى؟'], 'poll', n),
       date '2025-01-01' + n
  from generate_series(1, 120) as n;

insert into choice (poll_id, position, label)
select n, p, (array['Monday', 'Wednesday', 'Saturday', 'Never'])[p]
  from generate_series(1, 120) as n cross join generate_series(1, 4) as p;

-- Fifty votes for each poll; 11 and 598 have no common factor, so nobody votes twice.
insert into vote (poll_id, account_id, position, cast_at)
select n, 1 + (n * 37 + k * 11) % 598, 1 + pg_temp.pick('vote', n * 50 + k, 4),
       timestamptz '2025-01-01 08:00:00+00' + n * interval '1 day' - k * interval '3 hours'
  from generate_series(1, 120) as n cross join generate_series(0, 49) as k;

insert into todo (todo_id, account_id, assigned_to, title, done, due_on, deleted_at) overriding system value
select n, pg_temp.some_account('todo', n),
       case when n % 4 = 0 then 1 + pg_temp.pick('assigned', n, 598) end,
       pg_temp.one_of(array['Water the plants', 'Call the council', 'Buy paint', 'Repair the gate', 'Купить хлеб', '買い物'], 'todo', n),
       n % 3 = 0,
       case when n % 5 > 0 then date '2025-06-01' + n % 365 end,
       case when n % 20 = 13 then pg_temp.days_ago(n % 120, 'deleted', n) end
  from generate_series(1, 3000) as n;

insert into message (message_id, sender_id, recipient_id, subject, body, sent_at, read_at)
select n, pg_temp.some_account('sender', n),
       case when n % 200 > 0 then 1 + pg_temp.pick('recipient', n, 598) end,
       pg_temp.one_of(array['Saturday', 'Your offer', 'Re: Saturday', 'Thank you', 'Keys', 'Γεια', 'Вопрос', '問題'], 'subject', n),
       pg_temp.sentence('message', n),
       pg_temp.days_ago(n % 900, 'message', n),
       case when n % 6 > 0 then pg_temp.days_ago(n % 900, 'message', n) + interval '1 hour' end
  from generate_series(1, 6000) as n;
