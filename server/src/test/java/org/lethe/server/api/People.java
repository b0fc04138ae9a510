package org.lethe.server.api;

import java.util.Objects;
import org.lethe.server.AdminScene;

/** A few people with what hangs on them: what tests of records, removals and the trash share. */
final class People {

  static final String SCRIPT = "<script>alert(1)</script>";

  private static final String SCHEMA =
      """
      create type mood as enum ('glad', 'sad');
      create table person (id int primary key, name text not null, email text unique,
        password_hash text, mood mood, boss_id int references person on delete set null);
      create table post (id int primary key, author_id int references person, title text);
      create table note (id int primary key, post_id int references post on delete cascade, body text);
      create table receipt (id int primary key, person_id int references person);
      create table tag (name text, lang text, primary key (name, lang));
      create table member (id int primary key, login text not null unique, active boolean not null default true);
      create table item (id int primary key, owner int not null references member);
      create index on item (owner);
      create index on person (boss_id);
      create index on person (mood);
      create index on post (author_id);
      create index on note (post_id);
      create index on receipt (person_id);
      insert into person values (1, 'Ada %s', 'ada@example.org', 'top-secret', 'glad', null),
        (2, 'Bob', 'bob@example.org', null, 'sad', 1);
      insert into person select i, 'Person ' || i, 'p' || i || '@example.org', null, 'glad', 2
        from generate_series(3, 70) i;
      insert into post select i, 1, 'Post ' || i from generate_series(1, 8) i;
      insert into post select i, i, 'Post ' || i from generate_series(20, 60) i;
      insert into post select i, 61, 'Post ' || i from generate_series(61, 68) i;
      insert into note select i, i, 'Note ' || i from generate_series(1, 8) i;
      insert into receipt values (1, 2);
      insert into tag values ('a/b', '100%%'), ('counts', 'en');
      insert into member values (1, 'mel'), (2, 'moe');
      insert into item values (1, 1), (2, 1);
      analyze;
      """
          .formatted(SCRIPT);

  private static final String POLICY =
      """
      version: 1
      tables:
        person:
          columns:
            email: { category: contact }
      relations:
        post.author_id: cascade
        receipt.person_id: protect
      accounts: { table: member, active: active, login: login }
      """;

  private People() {}

  static AdminScene scene() {
    return AdminScene.with(SCHEMA, POLICY);
  }

  static long rows(AdminScene scene, String of) {
    return Objects.requireNonNull(
        scene.jdbc().queryForObject("select count(*) from " + of, Long.class));
  }
}
