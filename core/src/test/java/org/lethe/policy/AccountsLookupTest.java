package org.lethe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lethe.schema.Catalog;
import org.lethe.schema.CatalogFixture;
import org.lethe.schema.TableId;

/** Where accounts are, and rules that deactivate them. */
class AccountsLookupTest {

  private static final String RULE =
      "rules: { old: { table: %s, where: \"true\", every: P1D, action: deactivate } }\n";

  private static Catalog catalog() {
    CatalogFixture django = new CatalogFixture();
    django
        .table("auth_user")
        .id("id")
        .column("is_active", "boolean")
        .column("last_login", "timestamp with time zone")
        .column("notes", "text");
    django.table("post").id("id");
    return django.build();
  }

  private static Decisions decided(String policy) {
    return Decisions.resolve(PolicyReader.read("test", "version: 1\n" + policy), catalog());
  }

  private static List<String> faults(String policy) {
    PolicyException e = catchThrowableOfType(PolicyException.class, () -> decided(policy));
    return e.findings().stream().map(f -> f.path() + ": " + f.message()).toList();
  }

  @Test
  void djangoIsKnown() {
    Decisions decisions = decided("accounts: { preset: django }\n" + RULE.formatted("auth_user"));

    assertThat(decisions.accounts())
        .contains(
            new Accounts(
                new TableId("public", "auth_user"),
                "is_active",
                null,
                null,
                null,
                new Accounts.Columns(null, null, List.of(), null, null, null, null, "last_login"),
                null,
                List.of(),
                null,
                true,
                null));
    assertThat(decisions.rules()).extracting(Rule::action).containsExactly(Rule.Action.DEACTIVATE);
  }

  @Test
  void columnsOneByOne() {
    assertThat(
            decided(
                    "accounts: { table: auth_user, active: IS_ACTIVE, deactivated_at: last_login, deactivated_by: notes, deleted_user: 7 }")
                .accounts())
        .contains(
            new Accounts(
                new TableId("public", "auth_user"),
                "is_active",
                "last_login",
                "notes",
                null,
                Accounts.Columns.NONE,
                null,
                List.of(),
                null,
                false,
                "7"));
  }

  @Test
  void whatIsTakenAndWhoIsKept() {
    Decisions decisions =
        decided(
            "accounts: { table: auth_user, active: is_active, keep: \"id = 0\" }\n"
                + RULE.formatted("auth_user").replace("action:", "take: [groups, staff], action:"));

    assertThat(decisions.accounts().orElseThrow().keep()).isEqualTo("id = 0");
    assertThat(decisions.rules().get(0).take())
        .containsExactlyInAnyOrder(Rule.Belonging.GROUPS, Rule.Belonging.STAFF);
    assertThat(
            faults(
                RULE.formatted("auth_user")
                    .replace("action: deactivate", "take: [staff], action: delete")))
        .containsExactly(
            "rules.old.take: only a rule that deactivates accounts takes something from them");
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThat(faults("accounts: { preset: django }\n" + RULE.formatted("post")))
        .containsExactly("rules.old.action: post holds no accounts: those are in auth_user");
    assertThat(faults("accounts: { preset: lethe }\n" + RULE.formatted("auth_user")))
        .containsExactly(
            "accounts.preset: rules deactivate accounts of the application, and Lethe's own are not");
    assertThat(faults("accounts: { preset: django, deleted_user: nobody }"))
        .singleElement()
        .asString()
        .startsWith("accounts.deleted_user: id is of type");
    assertThat(faults("accounts: { table: auth_user }"))
        .containsExactly("accounts: the key active is missing");
    assertThat(faults("accounts: { table: auth_user, active: notes, deactivated_at: id }"))
        .containsExactly(
            "accounts.active: notes is of type text, not boolean",
            "accounts.deactivated_at: id is of type integer, not a time");
    assertThat(faults("accounts: { table: auth_user, active: is_activ }"))
        .containsExactly("accounts.active: the table auth_user has no column is_activ");
  }
}
