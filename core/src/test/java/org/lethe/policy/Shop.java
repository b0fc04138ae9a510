package org.lethe.policy;

import java.util.List;
import org.lethe.schema.Catalog;
import org.lethe.schema.CatalogFixture;
import org.lethe.schema.ForeignKey.Rule;
import org.lethe.schema.TableId;

/** A small catalog with a case of everything a policy speaks of. */
final class Shop {

  private Shop() {}

  static Catalog catalog() {
    return fixture().build();
  }

  static CatalogFixture fixture() {
    CatalogFixture shop = new CatalogFixture();
    shop.table("customer")
        .id("id")
        .column("first_name", "text")
        .column("last_name", "text")
        .nullable("email", "character varying(200)")
        .column("password", "text");
    shop.table("invoice")
        .id("id")
        .column("number", "text")
        .column("customer_id", "integer")
        .references("customer_id", "customer", Rule.NO_ACTION);
    shop.table("employee")
        .id("id")
        .column("reports_to", "integer")
        .references("reports_to", "employee", Rule.NO_ACTION);
    shop.table("message")
        .id("id")
        .nullable("sender_id", "integer")
        .references("sender_id", "customer", Rule.SET_NULL)
        .nullable("recipient_id", "integer")
        .references("recipient_id", "customer", Rule.CASCADE);
    shop.table("event")
        .id("id")
        .column("kind", "text")
        .nullable("person", "text")
        .column("payload", "jsonb");
    shop.table(new TableId("support", "ticket"))
        .id("id")
        .column("customer_id", "integer")
        .references(
            List.of("customer_id"), new TableId("public", "customer"), List.of("id"), Rule.CASCADE);
    return shop;
  }
}
