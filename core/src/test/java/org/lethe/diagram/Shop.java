package org.lethe.diagram;

import org.lethe.policy.Decisions;
import org.lethe.policy.Policy;
import org.lethe.schema.CatalogFixture;
import org.lethe.schema.ForeignKey.Rule;
import org.lethe.schema.TableId;

/** A small shop with every shape of relation: chains, diamonds, a loop, a circle, a loose table. */
final class Shop {

  private Shop() {}

  static Diagram around(String table) {
    return Diagram.around(decisions(), new TableId("public", table), 5);
  }

  static Decisions decisions() {
    CatalogFixture shop = new CatalogFixture();
    shop.table("employee")
        .id("id")
        .nullable("reports_to", "integer")
        .references("reports_to", "employee", Rule.SET_NULL);
    shop.table("customer").id("id").belongsTo("employee", "support_rep_id", Rule.SET_NULL);
    shop.table("address").id("id").belongsTo("customer", "customer_id", Rule.CASCADE);
    shop.table("customer")
        .nullable("main_address_id", "integer")
        .references("main_address_id", "address", Rule.SET_DEFAULT);
    shop.table("invoice")
        .id("id")
        .belongsTo("customer", "customer_id", Rule.NO_ACTION)
        .belongsTo("address", "address_id", Rule.NO_ACTION);
    shop.table("track").id("id");
    shop.table("invoice_line")
        .id("id")
        .belongsTo("invoice", "invoice_id", Rule.CASCADE)
        .belongsTo("track", "track_id", Rule.RESTRICT);
    shop.table("review")
        .id("id")
        .belongsTo("customer", "customer_id", Rule.CASCADE)
        .belongsTo("track", "track_id", Rule.CASCADE);
    shop.table("setting").id("id");
    return Decisions.resolve(Policy.empty(), shop.build());
  }
}
