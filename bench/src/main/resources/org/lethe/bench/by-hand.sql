-- part: collect
analyze g_users;
create temporary table g_posts on commit drop as select id from posts where author_id in (select id from g_users);
analyze g_posts;
create temporary table g_comments on commit drop as
  with recursive g (id) as (
    (select id from comments where post_id in (select id from g_posts)
     union select id from comments where author_id in (select id from g_users))
    union
    select c.id from comments as c join g on c.parent_id = g.id)
  select id from g;
analyze g_comments;
create temporary table g_orders on commit drop as select id from orders where user_id in (select id from g_users);
analyze g_orders;
create temporary table g_votes on commit drop as
  select id from votes where comment_id in (select id from g_comments)
  union select id from votes where user_id in (select id from g_users);
analyze g_votes;
create temporary table g_messages on commit drop as
  select id from messages where sender_id in (select id from g_users)
  union select id from messages where recipient_id in (select id from g_users);
analyze g_messages;
-- part: count
select 'users', count(*) from g_users;
select 'posts', count(*) from g_posts;
select 'comments', count(*) from g_comments;
select 'votes', count(*) from g_votes;
select 'orders', count(*) from g_orders;
select 'messages', count(*) from g_messages;
select 'profiles', count(*) from profiles where user_id in (select id from g_users);
select 'attachments', count(*) from attachments where post_id in (select id from g_posts);
select 'order_items', count(*) from order_items where order_id in (select id from g_orders);
select 'sessions', count(*) from sessions where user_id in (select id from g_users);
select 'group_members', count(*) from group_members where user_id in (select id from g_users);
select 'notifications', count(*) from notifications where user_id in (select id from g_users);
select 'audit_log changed', count(*) from audit_log where user_id in (select id from g_users);
select 'groups changed', count(*) from groups where owner_id in (select id from g_users);
select 'notifications changed', count(*) from notifications where actor_id in (select id from g_users) and user_id not in (select id from g_users);
-- part: delete
delete from votes using g_votes as g where votes.id = g.id;
delete from attachments where post_id in (select id from g_posts);
delete from comments using g_comments as g where comments.id = g.id;
delete from posts using g_posts as g where posts.id = g.id;
delete from order_items where order_id in (select id from g_orders);
delete from orders using g_orders as g where orders.id = g.id;
delete from messages using g_messages as g where messages.id = g.id;
delete from sessions where user_id in (select id from g_users);
delete from group_members where user_id in (select id from g_users);
delete from profiles where user_id in (select id from g_users);
delete from notifications where user_id in (select id from g_users);
update notifications set actor_id = null where actor_id in (select id from g_users);
update audit_log set user_id = null where user_id in (select id from g_users);
update groups set owner_id = null where owner_id in (select id from g_users);
delete from users using g_users as g where users.id = g.id;
-- part: export
select json_build_object('table', 'users', 'row', t) from users as t where id in (select id from g_users);
select json_build_object('table', 'posts', 'row', t) from posts as t where id in (select id from g_posts);
select json_build_object('table', 'comments', 'row', t) from comments as t where id in (select id from g_comments);
select json_build_object('table', 'votes', 'row', t) from votes as t where id in (select id from g_votes);
select json_build_object('table', 'orders', 'row', t) from orders as t where id in (select id from g_orders);
select json_build_object('table', 'messages', 'row', t) from messages as t where id in (select id from g_messages);
select json_build_object('table', 'profiles', 'row', t) from profiles as t where user_id in (select id from g_users);
select json_build_object('table', 'attachments', 'row', t) from attachments as t where post_id in (select id from g_posts);
select json_build_object('table', 'order_items', 'row', t) from order_items as t where order_id in (select id from g_orders);
select json_build_object('table', 'sessions', 'row', t) from sessions as t where user_id in (select id from g_users);
select json_build_object('table', 'group_members', 'row', t) from group_members as t where user_id in (select id from g_users);
select json_build_object('table', 'notifications', 'row', t) from notifications as t where user_id in (select id from g_users);
