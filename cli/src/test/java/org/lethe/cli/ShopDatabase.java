package org.lethe.cli;

import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

/** A small shop whose rules the database declares itself, one relation of each kind. */
final class ShopDatabase {

  private static final String SCHEMA =
      """
      create table customer (id int primary key, name text not null, email text);
      create table invoice (
        id int primary key,
        customer_id int not null references customer on delete cascade,
        day date not null);
      create index on invoice (customer_id);
      create table invoice_line (
        invoice_id int references invoice on delete cascade,
        nr int,
        text text,
        primary key (invoice_id, nr));
      create table tag (name text primary key);
      create table note (
        id int primary key,
        customer_id int references customer on delete set null,
        text text);
      create table payment (
        id int primary key,
        invoice_id int not null references invoice);
      create table "Odd, name" (id int primary key);
      create table log (line text);
      create schema depot;
      create table depot.shelf (id int primary key);
      insert into customer values
        (1, 'Ada', 'ada@example.org'), (2, 'Bob', null), (3, 'Eve', null), (-4, 'Zed', null);
      insert into invoice select 10 + i, 1, date '2026-01-01' + i from generate_series(1, 7) i;
      insert into invoice values (20, 2, '2026-02-01');
      insert into invoice_line select 10 + i, n, 'line ' || n
        from generate_series(1, 7) i, generate_series(1, 2) n;
      insert into note values (1, 1, 'called'), (2, 1, 'wrote'), (3, 3, 'quiet');
      insert into payment values (1, 20);
      insert into tag values ('a,b'), ('plain');
      """;

  private ShopDatabase() {}

  /** A new one; tests that only look can share. */
  static PGSimpleDataSource create() {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(database, SCHEMA);
    return database;
  }

  static String url(PGSimpleDataSource database) {
    return "postgresql://postgres@127.0.0.1:%d/%s"
        .formatted(database.getPortNumbers()[0], database.getDatabaseName());
  }
}
