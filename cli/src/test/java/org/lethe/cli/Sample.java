package org.lethe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.lethe.testkit.Plaza;
import org.lethe.testkit.PostgresServer;
import org.lethe.testkit.SampleData;
import org.lethe.testkit.Samples;
import org.postgresql.ds.PGSimpleDataSource;

/** A database with customers. */
enum Sample {
  /** Where it matters that commands are quick. */
  SHOP,
  CHINOOK,
  PLAZA;

  private static final String SCHEMA =
      """
      create table customer (customer_id int primary key, email text not null, name text not null);
      create table invoice (
        invoice_id int primary key, customer_id int not null references customer, invoice_date date not null);
      create index on invoice (customer_id);
      create table visit (
        visit_id int primary key, customer_id int not null references customer on delete cascade);
      create index on visit (customer_id);
      insert into customer select n, 'c' || n || '@shop.example', 'Customer ' || n from generate_series(1, 60) as n;
      insert into invoice select n, 1 + n % 60, date '2026-01-01' + n from generate_series(1, 240) as n;
      insert into visit select n, 1 + n % 60 from generate_series(1, 600) as n;
      """;

  private static final String POLICY =
      """
      version: 1
      tables:
        customer:
          erase: delete
          columns:
            email: { category: contact, erase: { fake: email } }
            name: { category: name, erase: placeholder }
        invoice:
          retain: { for: P10Y, from: invoice_date, ground: "17(3)(b)", law: "tax code" }
      relations:
        invoice.customer_id: { on_delete: cascade, owner: sole }
        visit.customer_id: { owner: sole }
      subjects:
        customer: { table: customer, identify_by: [email, customer_id] }
      """;

  /** A fresh copy; tests that need one that is not on this machine are left out, and say so. */
  PGSimpleDataSource database() {
    if (this == SHOP) {
      PGSimpleDataSource shop = PostgresServer.shared().createDatabase();
      PostgresServer.execute(shop, SCHEMA);
      return shop;
    }
    Optional<PGSimpleDataSource> copy =
        this == PLAZA ? Optional.of(Samples.plaza()) : Samples.chinook();
    Assumptions.assumeTrue(copy.isPresent(), SampleData.ABSENT);
    return copy.orElseThrow();
  }

  String policy() throws IOException {
    if (this != CHINOOK) {
      return this == PLAZA ? Plaza.policyYaml() : POLICY;
    }
    try (InputStream in = Sample.class.getResourceAsStream("/everywhere/chinook.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What a person's erasure may change, by table, told without Lethe's help. */
  Map<String, String> touched(String customer) {
    Map<String, String> touched = new LinkedHashMap<>();
    String their = "customer_id = " + customer;
    touched.put("public.customer", their + (this == PLAZA ? " or referred_by = " + customer : ""));
    touched.put("public.invoice", their);
    if (this == SHOP) {
      touched.put("public.visit", their);
      return touched;
    }
    touched.put(
        "public.invoice_line",
        "invoice_id in (select invoice_id from invoice where %s)".formatted(their));
    if (this == PLAZA) {
      plaza(touched, customer, their);
    }
    return touched;
  }

  private static void plaza(Map<String, String> touched, String customer, String their) {
    String mail =
        "lower(btrim(t.email)) in (select lower(btrim(email)) from customer where %s)"
            .formatted(their);
    String account = "(select account_id from account as t where %s)".formatted(mail);
    String orders = "(select order_id from \"order\" where %s)".formatted(their);
    String tickets = "(select ticket_id from support.ticket where %s)".formatted(their);
    touched.put("public.account", mail);
    touched.put("public.address", their);
    touched.put("public.\"order\"", their + " or ship_" + their);
    touched.put("public.order_line", "order_id in " + orders);
    touched.put(
        "public.payment",
        "invoice_id in (select invoice_id from invoice where %s)".formatted(their));
    touched.put("public.newsletter_subscription", mail);
    touched.put("public.sign_in_attempt", mail);
    touched.put("support.ticket", their);
    touched.put("support.ticket_message", "ticket_id in " + tickets);
    for (String table : new String[] {"session", "api_token", "access_log", "vote"}) {
      touched.put("public." + table, "account_id in " + account);
    }
    touched.put(
        "public.account_group", "account_id in %1$s or added_by in %1$s".formatted(account));
    touched.put("public.todo", "account_id in %1$s or assigned_to in %1$s".formatted(account));
    touched.put("public.post", "author_id in " + account);
    touched.put("public.comment", "author_id in " + account);
    touched.put("public.poll", "created_by in " + account);
    touched.put(
        "public.choice",
        "(poll_id, position) in (select poll_id, position from vote where account_id in %s)"
            .formatted(account));
    touched.put("public.message", "sender_id in %1$s or recipient_id in %1$s".formatted(account));
    touched.put("public.recent_action", "account_id in " + account);
    touched.put("public.event", "payload #>> '{customer,id}' = '%s'".formatted(customer));
    touched.put(
        "public.attachment", "object_type = 'ticket' and object_id in %s".formatted(tickets));
  }
}
