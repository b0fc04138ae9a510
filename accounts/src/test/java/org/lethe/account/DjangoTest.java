package org.lethe.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lethe.account.Databases.TESTER;

import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lethe.account.SignInOutcome.Deactivated;
import org.lethe.account.SignInOutcome.NotStaff;
import org.lethe.account.SignInOutcome.SignedIn;
import org.lethe.schema.TableId;
import org.lethe.testkit.Django;

/** Lethe and a real Django over the same tables: whoever changes something, the other one knows. */
class DjangoTest {

  private static final String PASSWORD = "a password of Django";

  private final Databases.Made made = Databases.django(Clock.systemUTC());

  private String django(String script) {
    return Django.run(
            made.database(),
            "from django.contrib.auth import authenticate\n"
                + "from django.contrib.auth.models import User, Group\n"
                + script)
        .strip();
  }

  private String djangosAnswer(String password) {
    return django("print(authenticate(username='ada', password='%s'))".formatted(password));
  }

  private SignInOutcome ours(String login, String password) {
    return made.accounts().signIn().attempt(login, password, "a test");
  }

  @Test
  void signingInAndLeavingHoldHereAndThere() {
    django(
        """
        ada = User.objects.create_user("ada", "ada@example.org", "%1$s", is_staff=True, first_name="Ada", last_name="Lovelace")
        ada.groups.add(Group.objects.create(name="editors"))
        User.objects.create_superuser("root", "root@example.org", "%1$s")
        User.objects.create_user("member", "m@example.org", "%1$s")
        """
            .formatted(PASSWORD));
    Account ada = made.app().byLogin("ada").orElseThrow();
    assertThat(ada.name()).isEqualTo("Ada Lovelace");
    assertThat(ours("ada", PASSWORD)).isInstanceOf(SignedIn.class);
    assertThat(ours("ADA@example.org", PASSWORD)).isInstanceOf(SignedIn.class);
    assertThat(ours("member", PASSWORD)).isInstanceOf(NotStaff.class);
    Account root = made.app().byLogin("root").orElseThrow();
    assertThat(made.accounts().rights(root).superuser()).isTrue();
    Group editors = made.app().groups().get(0);
    made.app().setGroupPermissions(editors.key(), Set.of(Permission.of("view:*")), TESTER);
    assertThat(made.accounts().rights(ada).may(Action.VIEW)).isTrue();
    assertThat(django("print(User.objects.get(username='ada').last_login is not None)"))
        .isEqualTo("True");

    // What Django permits counts here, too; of ada herself, and of her group.
    TableId groups = new TableId("public", "auth_group");
    assertThat(made.accounts().rights(ada).may(Action.DELETE, groups)).isFalse();
    django(
        """
        from django.contrib.auth.models import Permission
        User.objects.get(username="ada").user_permissions.add(Permission.objects.get(codename="delete_group"))
        Group.objects.get().permissions.add(Permission.objects.get(codename="delete_permission"))
        """);
    assertThat(made.accounts().rights(ada).may(Action.DELETE, groups)).isTrue();
    assertThat(
            made.accounts()
                .rights(ada)
                .may(Action.DELETE, new TableId("public", "auth_permission")))
        .isTrue();
    assertThat(made.accounts().rights(ada).may(Action.DELETE, new TableId("public", "auth_user")))
        .isFalse();
    assertThat(made.accounts().rights(ada).may(Action.PURGE, groups)).isFalse();

    made.accounts().departures().offboard(ada.id(), TESTER);
    assertThat(ours("ada", PASSWORD)).isInstanceOf(Deactivated.class);
    assertThat(djangosAnswer(PASSWORD)).isEqualTo("None");
    assertThat(
            django(
                "u = User.objects.get(username='ada'); print(u.is_active, u.is_staff, u.groups.count())"))
        .isEqualTo("False False 0");

    made.accounts().departures().reactivate(ada.id(), TESTER, DepartureOptions.ALL);
    assertThat(ours("ada", PASSWORD)).isInstanceOf(SignedIn.class);
    assertThat(djangosAnswer(PASSWORD)).isEqualTo("ada");
    assertThat(
            django(
                "u = User.objects.get(username='ada'); print(u.is_active, u.is_staff, u.groups.get().name)"))
        .isEqualTo("True True editors");

    made.app().setPassword(ada.id().key(), "another one, of Lethe", TESTER);
    assertThat(djangosAnswer("another one, of Lethe")).isEqualTo("ada");
    assertThat(djangosAnswer(PASSWORD)).isEqualTo("None");
    assertThat(django("print(User.objects.get(username='ada').password.split('$')[1])"))
        .isEqualTo("260000");

    Account bob =
        made.app()
            .create(
                new NewAccount("bob", "Bob", "bob@example.org", "made by Lethe", true, false),
                TESTER);
    assertThat(django("print(authenticate(username='bob', password='made by Lethe'))"))
        .isEqualTo("bob");
    django("u = User.objects.get(username='bob'); u.is_active = False; u.save()");
    assertThat(made.accounts().departures().of(bob.id()).orElseThrow().kind())
        .isEqualTo(Departure.Kind.ELSEWHERE);
    assertThat(ours("bob", "made by Lethe")).isInstanceOf(Deactivated.class);
  }
}
