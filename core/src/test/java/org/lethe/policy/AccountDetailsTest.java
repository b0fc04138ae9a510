package org.lethe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lethe.schema.CatalogFixture;
import org.lethe.schema.TableId;

/** What else the policy knows of accounts: columns, groups, sessions. */
class AccountDetailsTest {

  private static CatalogFixture django(String user) {
    CatalogFixture catalog = new CatalogFixture();
    catalog
        .table(user)
        .id("id")
        .column("username", "character varying(150)")
        .column("email", "character varying(254)")
        .column("first_name", "character varying(150)")
        .column("last_name", "character varying(150)")
        .column("password", "character varying(128)")
        .column("is_active", "boolean")
        .column("is_staff", "boolean")
        .column("is_superuser", "boolean")
        .column("date_joined", "timestamp with time zone")
        .column("last_login", "timestamp with time zone");
    catalog.table("auth_group").id("id").column("name", "character varying(150)");
    String account = user.replaceFirst("^.*_", "") + "_id";
    catalog
        .table(user + "_groups")
        .id("id")
        .column(account, "integer")
        .column("group_id", "integer");
    return catalog;
  }

  private static Accounts found(CatalogFixture catalog, String accounts) {
    return Decisions.resolve(
            PolicyReader.read("test", "version: 1\naccounts: " + accounts), catalog.build())
        .accounts()
        .orElseThrow();
  }

  private static List<String> faults(String accounts) {
    PolicyException e =
        catchThrowableOfType(PolicyException.class, () -> found(django("auth_user"), accounts));
    return e.findings().stream().map(f -> f.path() + ": " + f.message()).toList();
  }

  @Test
  void thePresetKnowsAllOfDjango() {
    for (String user : List.of("auth_user", "people_member")) {
      Accounts accounts = found(django(user), "{ preset: django, table: " + user + " }");
      assertThat(accounts.columns())
          .isEqualTo(
              new Accounts.Columns(
                  "username",
                  "email",
                  List.of("first_name", "last_name"),
                  "password",
                  "is_staff",
                  "is_superuser",
                  "date_joined",
                  "last_login"));
      assertThat(accounts.groups())
          .isEqualTo(
              new Accounts.Groups(
                  new TableId("public", "auth_group"),
                  "id",
                  "name",
                  new TableId("public", user + "_groups"),
                  user.equals("auth_user") ? "user_id" : "member_id",
                  "group_id"));
    }
  }

  @Test
  void whatIsWrittenWinsOverThePreset() {
    Accounts accounts =
        found(
            django("auth_user"),
            "{ preset: django, login: email, name: USERNAME, sessions: [ { sql: 'delete from s where u = :id' }, { redis: 'redis://x', keys: 's:{login}:*' } ] }");
    assertThat(accounts.columns().login()).isEqualTo("email");
    assertThat(accounts.columns().name()).containsExactly("username");
    assertThat(accounts.columns().staff()).isEqualTo("is_staff");
    assertThat(accounts.sessions().get(0))
        .isEqualTo(new SessionRule.Sql("delete from s where u = :id"));
    StoreRule store = ((SessionRule.InStore) accounts.sessions().get(1)).store();
    assertThat(store.kind()).isEqualTo("redis");
    assertThat(store.name()).isEqualTo("accounts.sessions[1]");
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThat(
            faults(
                "{ preset: django, login: usernam, staff: email, joined: is_staff, name: [first_name, nick] }"))
        .containsExactlyInAnyOrder(
            "accounts.login: the table auth_user has no column usernam",
            "accounts.staff: email is of type character varying(254), not boolean",
            "accounts.joined: is_staff is of type boolean, not a time",
            "accounts.name[1]: the table auth_user has no column nick");
    assertThat(faults("{ preset: django, groups: { table: auth_group, id: id, name: name } }"))
        .containsExactly("accounts: the key memberships is missing");
    assertThat(
            faults(
                "{ preset: django, groups: { table: groups, id: id, name: name }, memberships: { table: auth_user_groups, account: user, group: group_id } }"))
        .containsExactly("accounts.groups.table: there is no table groups");
    assertThat(
            faults(
                "{ preset: django, groups: { table: auth_group, id: id, name: name }, memberships: { table: auth_user_groups, account: user, group: group_id } }"))
        .containsExactly(
            "accounts.memberships.account: the table auth_user_groups has no column user");
    assertThat(faults("{ preset: django, sessions: [ { sql: 'delete from django_session' } ] }"))
        .containsExactly(
            "accounts.sessions[0].sql: the statement names no account: it would end the sessions of all");
  }

  @Test
  void whatTheSchemaDoesNotKnowIsSaid() {
    assertThat(
            faults(
                "{ preset: django, sessions: [ { sql: 'delete from s where u = :id', keys: x } ] }"))
        .singleElement()
        .asString()
        .contains("accounts.sessions[0]");
    assertThat(faults("{ preset: django, groups: { table: auth_group } }"))
        .anyMatch(f -> f.startsWith("accounts.groups"));
    assertThat(faults("{ preset: django, logn: username }")).anyMatch(f -> f.contains("logn"));
  }

  @Test
  void accountsNeedAName() {
    CatalogFixture catalog = new CatalogFixture();
    catalog.table("person").column("login", "text").column("active", "boolean");
    PolicyException e =
        catchThrowableOfType(
            PolicyException.class,
            () -> found(catalog, "{ table: person, active: active, login: login }"));
    assertThat(e.findings())
        .extracting(PolicyFinding::message)
        .containsExactly(
            "rows of person have no key of one column by which an account could be named");
    assertThat(found(catalog, "{ table: person, active: active }").columns())
        .isEqualTo(Accounts.Columns.NONE);
  }
}
