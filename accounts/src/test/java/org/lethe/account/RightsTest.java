package org.lethe.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lethe.error.InputException;
import org.lethe.error.NotPermittedException;
import org.lethe.schema.TableId;

/** Permissions as they are written, and what they allow. */
class RightsTest {

  private static final TableId CUSTOMER = new TableId("public", "customer");
  private static final TableId TICKET = new TableId("support", "ticket");

  private static Rights rights(String... permissions) {
    return Rights.of(List.of(permissions).stream().map(Permission::of).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete:customer",
        "view:*",
        "*:*",
        "users:*",
        "view:support.*",
        "*:\"a.b\"",
        "*:x.\"*\""
      })
  void whatIsWrittenIsRead(String text) {
    assertThat(Permission.of(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delete|write action:table",
        "delete:|write action:table",
        ":x|write action:table",
        "destroy:x|there is no action \"destroy\"; write one of *, view, delete",
        "users:customer|users is not granted table by table; write users:*",
        "view:a.b.c|write a table, schema.table, schema.* or *",
        "view:*.a|write a table, schema.table, schema.* or *",
        "view:\"a|is not closed"
      })
  void whatCannotBeIsSaid(String text, String message) {
    assertThatThrownBy(() -> Permission.of(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void tablesAreToldApart() {
    Rights rights = rights("delete:customer", "view:support.*", "hold:support.ticket");
    assertThat(rights.may(Action.DELETE, CUSTOMER)).isTrue();
    assertThat(rights.may(Action.DELETE, new TableId("support", "customer"))).isFalse();
    assertThat(rights.may(Action.PURGE, CUSTOMER)).isFalse();
    assertThat(rights.may(Action.VIEW, TICKET)).isTrue();
    assertThat(rights.may(Action.VIEW, CUSTOMER)).isFalse();
    assertThat(rights.may(Action.HOLD, TICKET)).isTrue();
    assertThat(rights.may(Action.VIEW)).isTrue();
    assertThat(rights.may(Action.RESTORE)).isFalse();
    assertThat(Rights.of(List.of(Permission.of("view:ticket")), "support").may(Action.VIEW, TICKET))
        .isTrue();
    assertThat(rights("view:x.\"*\"").may(Action.VIEW, new TableId("x", "y"))).isFalse();
  }

  @Test
  void someActsAreOfNoTable() {
    assertThat(rights("*:customer").may(Action.USERS)).isFalse();
    assertThat(rights("*:*").may(Action.USERS)).isTrue();
    assertThat(rights("users:*").may(Action.USERS)).isTrue();
    assertThat(rights("view:*").may(Action.USERS)).isFalse();
  }

  @Test
  void superusersMayAllAndNobodyNothing() {
    for (Action action : Action.values()) {
      assertThat(Rights.ofSuperuser().may(action)).isTrue();
      assertThat(Rights.ofSuperuser().may(action, CUSTOMER)).isTrue();
      assertThat(Rights.NONE.may(action)).isFalse();
      assertThat(Rights.NONE.may(action, CUSTOMER)).isFalse();
    }
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> Rights.NONE.require(Action.DELETE, CUSTOMER))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("it needs the permission delete:customer");
    assertThatThrownBy(() -> Rights.NONE.require(Action.DELETE, TICKET))
        .hasMessageContaining("it needs the permission delete:support.ticket");
    assertThatThrownBy(() -> Rights.NONE.require(Action.AUDIT))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("it needs the permission audit:*");
    rights("delete:customer").require(Action.DELETE, CUSTOMER);
    rights("audit:*").require(Action.AUDIT);
  }

  @ParameterizedTest
  @CsvSource({
    "*:*, delete:customer, true",
    "view:*, view:support.*, true",
    "view:*, delete:customer, false",
    "delete:*, *:customer, false",
    "view:customer, view:public.customer, true",
    "view:public.*, view:customer, true",
    "view:support.*, view:customer, false",
    "view:support.*, view:support.ticket, true",
    "view:support.ticket, view:support.*, false",
    "view:customer, view:*, false",
    "view:customer, view:orders, false"
  })
  void whatIsPassedOnIsHad(String had, String passedOn, boolean covered) {
    assertThat(rights(had).covers(Permission.of(passedOn))).isEqualTo(covered);
  }

  @Test
  void aTokenPassesOnNoMoreThanItsScopes() {
    Rights token = rights("delete:*", "view:*").within(rights("permissions:*", "view:*"));
    assertThat(token.covers(Permission.of("view:customer"))).isTrue();
    assertThat(token.covers(Permission.of("delete:customer"))).isFalse();
    assertThat(token.covers(Permission.of("permissions:*"))).isFalse();
    assertThat(Rights.ofSuperuser().within(rights("view:*")).covers(Permission.of("view:customer")))
        .isTrue();
  }

  @Test
  void scopesOnlyTakeAway() {
    Rights token = rights("view:customer", "delete:*").within(rights("view:*", "users:*"));
    assertThat(token.may(Action.VIEW, CUSTOMER)).isTrue();
    assertThat(token.may(Action.VIEW, TICKET)).isFalse();
    assertThat(token.may(Action.DELETE, CUSTOMER)).isFalse();
    assertThat(token.may(Action.USERS)).isFalse();
    Rights superusers = Rights.ofSuperuser().within(rights("view:*"));
    assertThat(superusers.superuser()).isFalse();
    assertThat(superusers.may(Action.VIEW, TICKET)).isTrue();
    assertThat(superusers.may(Action.DELETE, TICKET)).isFalse();
    assertThat(superusers.within(rights("view:customer")).may(Action.VIEW, TICKET)).isFalse();
  }
}
