package org.lethe.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lethe.personal.NameWords;
import org.lethe.personal.ValueShape;
import org.lethe.schema.CatalogFixture;
import org.lethe.schema.ForeignKey.Rule;
import org.lethe.schema.TableId;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class FirstPolicyTest {

  private final CatalogFixture schema = new CatalogFixture();

  @Test
  void suggestsForEveryUndecidedRelation() {
    schema
        .table("employee")
        .id("id")
        .column("email", "text")
        .nullable("reports_to", "integer")
        .references("reports_to", "employee", Rule.NO_ACTION);
    schema
        .table("customer")
        .id("id")
        .column("first_name", "text")
        .column("last_name", "text")
        .column("email", "character varying(60)")
        .column("password_hash", "text")
        .nullable("created_by", "integer")
        .references("created_by", "employee", Rule.NO_ACTION);
    schema.table("product").id("id");
    schema.table("invoice").id("id").belongsTo("customer", "customer_id", Rule.NO_ACTION);
    schema
        .table("invoice_line")
        .id("id")
        .belongsTo("invoice", "invoice_id", Rule.NO_ACTION)
        .belongsTo("product", "product_id", Rule.NO_ACTION);
    schema
        .table("message")
        .id("id")
        .belongsTo("customer", "sender_id", Rule.NO_ACTION)
        .belongsTo("customer", "recipient_id", Rule.CASCADE);

    JsonNode policy = suggested(Sampler.NONE);

    JsonNode relations = policy.get("relations");
    assertThat(decision(relations, "employee.reports_to")).isEqualTo("set_null mentioned");
    assertThat(decision(relations, "customer.created_by")).isEqualTo("set_null mentioned");
    assertThat(decision(relations, "invoice.customer_id")).isEqualTo("cascade sole");
    assertThat(decision(relations, "invoice_line.invoice_id")).isEqualTo("cascade sole");
    assertThat(relations.get("invoice_line.product_id").asString()).isEqualTo("protect");
    assertThat(decision(relations, "message.sender_id")).isEqualTo("cascade shared");
    // The database decides this one: only the owner is the policy's.
    assertThat(decision(relations, "message.recipient_id")).isEqualTo("- shared");
    JsonNode customer = policy.get("tables").get("customer");
    assertThat(customer.get("label").asString()).isEqualTo("{first_name} {last_name} <{email}>");
    assertThat(customer.at("/columns/password_hash/export").asString()).isEqualTo("never");
    assertThat(customer.at("/columns/password_hash/category").asString()).isEqualTo("secret");
    assertThat(customer.at("/columns/email/category").asString()).isEqualTo("contact");
    assertThat(policy.at("/subjects/customer/identify_by/0").asString()).isEqualTo("email");
  }

  @Test
  void whatNamesItsOwnPersonIsNotTheOwnersOfItsParent() {
    schema.table("account").id("id").column("email", "text").column("display_name", "text");
    schema.table("post").id("id").belongsTo("account", "author_id", Rule.NO_ACTION);
    schema
        .table("comment")
        .id("id")
        .belongsTo("post", "post_id", Rule.NO_ACTION)
        .belongsTo("account", "author_id", Rule.NO_ACTION);
    schema
        .table("todo")
        .id("id")
        .belongsTo("account", "owner_id", Rule.NO_ACTION)
        .nullable("assigned_to", "integer")
        .references("assigned_to", "account", Rule.NO_ACTION);

    JsonNode policy = suggested(Sampler.NONE);
    JsonNode relations = policy.get("relations");

    assertThat(decision(relations, "comment.post_id")).isEqualTo("cascade mentioned");
    assertThat(decision(relations, "comment.author_id")).isEqualTo("cascade sole");
    assertThat(decision(relations, "todo.owner_id")).isEqualTo("cascade sole");
    assertThat(decision(relations, "todo.assigned_to")).isEqualTo("set_null mentioned");
    assertThat(policy.at("/tables/account/label").asString()).isEqualTo("{display_name} <{email}>");
  }

  @Test
  void erasuresAreSuggestedWherePeoplesRowsAre() {
    schema
        .table("customer")
        .id("id")
        .column("email", "text")
        .column("last_name", "text")
        .column("login", "character varying(20)")
        .key(false, "login")
        .nullable("phone", "text")
        .column("birth_date", "date")
        .column("last_ip", "inet")
        .column("password", "text")
        .column("bio", "text")
        .column("extra", "jsonb")
        .column("active", "boolean");
    schema.table("author").id("id").column("full_name", "text").column("notes", "text");

    String text = FirstPolicy.suggest(schema.build(), Sampler.NONE);

    assertThat(text)
        .contains("    email: { category: contact, erase: { fake: email } }\n")
        .contains("    last_name: { category: identity, erase: placeholder }\n")
        .contains("    login: { category: identity }\n")
        .contains("    phone: { category: contact, erase: null }\n")
        .contains("    birth_date: { category: birth, erase: { generalise: decade } }\n")
        .contains("    last_ip: { category: network, erase: { generalise: network } }\n")
        .contains("    password: { category: secret, export: never, erase: { constant: \"!\" } }\n")
        .contains(
            "    bio: { category: content, erase: { redact: [identifiers, email, phone] } }\n")
        .contains("    # extra: { category: none }")
        .doesNotContain("active:");
    CheckedPolicy.of(text, schema.build(), Sampler.NONE);
  }

  @Test
  void decidedRulesAreCommentsOnly() {
    schema.table("poll").id("id");
    schema.table("choice").id("id").belongsTo("poll", "poll_id", Rule.CASCADE);

    String text = FirstPolicy.suggest(schema.build(), Sampler.NONE);

    assertThat(text).contains("  # choice.poll_id: cascade  # the database's own rule\n");
    assertThat(new YAMLMapper().readTree(text).get("relations")).isNull();
  }

  @Test
  void joinTablesGoWithEitherSide() {
    schema.table("film").id("id");
    schema.table("genre").id("id");
    schema
        .table("film_genre")
        .belongsTo("film", "film_id", Rule.NO_ACTION)
        .belongsTo("genre", "genre_id", Rule.NO_ACTION)
        .key(true, "film_id", "genre_id");

    JsonNode relations = suggested(Sampler.NONE).get("relations");

    assertThat(relations.get("film_genre.film_id").asString()).isEqualTo("cascade");
    assertThat(relations.get("film_genre.genre_id").asString()).isEqualTo("cascade");
  }

  @Test
  void sampledValuesRaiseAndLowerTheGuesses() {
    schema.table("visit").id("id").column("who", "text").column("phone", "text");
    Sampler sampler = table -> Map.of("who", ValueShape.EMAIL, "phone", ValueShape.PERSON_NAME);

    JsonNode columns = suggested(sampler).at("/tables/visit/columns");

    assertThat(columns.at("/who/category").asString()).isEqualTo("contact");
    assertThat(columns.get("phone")).isNull();
    assertThat(suggested(Sampler.NONE).at("/tables/visit/columns").propertyNames())
        .containsExactly("phone");
  }

  @Test
  void everyNameIsReadBackAsItIs() {
    List<String> hostile =
        List.of(
            "no",
            "null",
            "~",
            "a.b",
            "quo\"te",
            "col: on",
            "- dash",
            "{x}",
            "#c",
            "line\nbreak",
            "'single'",
            "überall",
            "日本",
            "\u2028sep",
            "*ref",
            "!tag",
            "yes, [no]",
            "back\\slash");
    for (String name : hostile) {
      schema.table(new TableId(name, name)).id("id").column("email", "text");
      schema
          .table(new TableId(name, name + " child"))
          .id("id")
          .column(name, "integer")
          .column("password", "text")
          .references(List.of(name), new TableId(name, name), List.of("id"), Rule.NO_ACTION);
    }
    var catalog = schema.build();

    JsonNode policy = suggested(Sampler.NONE);

    assertThat(policy.get("schemas").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrderElementsOf(hostile);
    for (var relation : catalog.relations()) {
      assertThat(policy.get("relations").propertyNames()).contains(relation.name());
    }
    for (String name : hostile) {
      String table = catalog.displayName(new TableId(name, name + " child"));
      assertThat(policy.get("tables").get(table).at("/columns/password/category").asString())
          .isEqualTo("secret");
    }
  }

  @Test
  void wordsAreFoundInEveryWritingStyle() {
    assertThat(NameWords.of("InvoiceLines").singular().words()).containsExactly("invoice", "line");
    assertThat(NameWords.of("user_ID").words()).containsExactly("user", "id");
    assertThat(NameWords.of("categories").singular().last()).isEqualTo("category");
    assertThat(NameWords.of("addresses").singular().last()).isEqualTo("address");
    assertThat(NameWords.of("status").singular().last()).isEqualTo("status");
    assertThat(NameWords.of("HTTPServerLog").words()).containsExactly("http", "server", "log");
  }

  private JsonNode suggested(Sampler sampler) {
    return new YAMLMapper().readTree(FirstPolicy.suggest(schema.build(), sampler));
  }

  private static String decision(JsonNode relations, String name) {
    JsonNode relation = relations.get(name);
    String onDelete = relation.has("on_delete") ? relation.get("on_delete").asString() : "-";
    return onDelete + " " + relation.get("owner").asString();
  }
}
