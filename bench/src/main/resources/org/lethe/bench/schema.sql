-- A forum with a shop: 15 tables. Keys and references come after the rows, which is quicker.
create table users (id bigint not null, username text not null, email text not null, created_at timestamptz not null, status smallint not null);
create table profiles (id bigint not null, user_id bigint not null, bio text, settings jsonb);
create table posts (id bigint not null, author_id bigint not null, title text not null, body text not null, created_at timestamptz not null);
create table comments (id bigint not null, post_id bigint not null, author_id bigint not null, parent_id bigint, body text not null, created_at timestamptz not null);
create table votes (id bigint not null, comment_id bigint not null, user_id bigint not null, value smallint not null);
create table attachments (id bigint not null, post_id bigint not null, filename text not null, bytes int not null);
create table products (id bigint not null, name text not null, price numeric(12,2) not null);
create table orders (id bigint not null, user_id bigint not null, total numeric(12,2) not null, placed_at timestamptz not null);
create table order_items (id bigint not null, order_id bigint not null, product_id bigint not null, qty int not null, price numeric(12,2) not null);
create table sessions (id uuid not null, user_id bigint not null, ip text, expires_at timestamptz not null);
create table audit_log (id bigint not null, user_id bigint, action text not null, at timestamptz not null);
create table groups (id bigint not null, owner_id bigint, name text not null);
create table group_members (group_id bigint not null, user_id bigint not null, joined_at timestamptz not null);
create table messages (id bigint not null, sender_id bigint not null, recipient_id bigint not null, body text not null, sent_at timestamptz not null);
create table notifications (id bigint not null, user_id bigint not null, actor_id bigint, kind text not null, created_at timestamptz not null);
