package org.lethe.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lethe.account.Databases.PASSWORD;
import static org.lethe.account.DirectoryContract.CLOCK;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lethe.error.LetheException;
import org.lethe.error.NotPermittedException;
import org.lethe.trash.By;

/** Nobody locks themselves, or everybody, out; and only those let others go who may. */
class GuardsTest {

  private static final By OPERATOR = new By("operator", null);

  private final Databases.Made made = Databases.empty(CLOCK);
  private final Departures departures = made.accounts().departures();

  @SuppressWarnings("NullAway.Init")
  private Account root;

  @SuppressWarnings("NullAway.Init")
  private Account editor;

  @BeforeEach
  void begin() {
    root = create("root", true);
    editor = create("editor", false);
  }

  private Account create(String login, boolean superuser) {
    return made.own().create(new NewAccount(login, "", null, PASSWORD, true, superuser), OPERATOR);
  }

  private static By by(Account account) {
    return new By(account.id().text(), null);
  }

  private boolean active(Account account) {
    return made.own().find(account.id().key()).orElseThrow().active();
  }

  @Test
  void notYourself() {
    for (String actor : List.of(root.id().text(), "root")) {
      assertThatThrownBy(() -> departures.offboard(root.id(), new By(actor, null)))
          .isInstanceOf(NotPermittedException.class)
          .hasMessageContaining("their own account");
    }
    assertThat(active(root)).isTrue();
  }

  @Test
  void notTheLastSuperuser() {
    assertThatThrownBy(() -> departures.offboard(root.id(), OPERATOR))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("last active superuser");
    Account second = create("second", true);
    departures.deactivate(root.id(), OPERATOR, DepartureOptions.NOTHING);
    assertThatThrownBy(() -> departures.deactivate(second.id(), OPERATOR, DepartureOptions.NOTHING))
        .hasMessageContaining("last active superuser");
    assertThat(active(second)).isTrue();
  }

  @Test
  void onlyWhoMay() {
    Account other = create("other", false);
    assertThatThrownBy(
            () -> departures.deactivate(other.id(), by(editor), DepartureOptions.NOTHING))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("deactivate:*");
    made.own().setPermissions(editor.id().key(), Set.of(Permission.of("deactivate:*")), OPERATOR);
    departures.deactivate(other.id(), by(editor), DepartureOptions.NOTHING);
    departures.reactivate(other.id(), by(editor), DepartureOptions.ALL);
    assertThat(active(other)).isTrue();
    assertThatThrownBy(() -> departures.deactivate(root.id(), by(editor), DepartureOptions.NOTHING))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("only a superuser");
    departures.deactivate(editor.id(), by(root), DepartureOptions.NOTHING);
    assertThatThrownBy(
            () -> departures.deactivate(other.id(), by(editor), DepartureOptions.NOTHING))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("your own account is deactivated");
    assertThatThrownBy(
            () -> departures.reactivate(editor.id(), by(editor), DepartureOptions.NOTHING))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(
            () ->
                departures.deactivate(
                    other.id(), new By("lethe:4711", null), DepartureOptions.NOTHING))
        .hasMessageContaining("your own account is gone");
  }

  @Test
  void noSuperuserIsMadeByOneWhoIsNone() {
    made.own().setPermissions(editor.id().key(), Set.of(Permission.of("deactivate:*")), OPERATOR);
    Account second = create("second", true);
    departures.offboard(second.id(), by(root));
    assertThatThrownBy(() -> departures.reactivate(second.id(), by(editor), DepartureOptions.ALL))
        .hasMessageContaining("only a superuser may bring a superuser's status back");
    assertThat(active(second)).isFalse();
    departures.reactivate(second.id(), by(editor), new DepartureOptions(true, true, false));
    assertThat(made.own().find(second.id().key()).orElseThrow().superuser()).isFalse();
  }

  @Test
  @Timeout(120)
  void ofTwoSuperusersWhoLetEachOtherGoOneWins() throws Exception {
    Account second = create("second", true);
    // Somebody is left in any case: what decides is that the loser is out by then.
    create("third", true);
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 10; round++) {
        List<Callable<Boolean>> tries =
            List.of(() -> offboards(root, second), () -> offboards(second, root));
        int won = 0;
        for (Future<Boolean> outcome : both.invokeAll(tries)) {
          won += outcome.get() ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
        assertThat(active(root)).isNotEqualTo(active(second));
        Account loser = active(root) ? second : root;
        departures.reactivate(loser.id(), OPERATOR, DepartureOptions.ALL);
      }
    } finally {
      both.shutdownNow();
    }
  }

  @Test
  @Timeout(120)
  void ofTheLastTwoOneStaysWhoeverTakesTheirRightsAway() throws Exception {
    Account second = create("second", true);
    AccountChange no = new AccountChange(null, null, null, null, false);
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 10; round++) {
        List<Callable<Boolean>> tries = new ArrayList<>();
        tries.add(() -> attempt(() -> departures.offboard(root.id(), OPERATOR)));
        tries.add(() -> attempt(() -> made.own().change(second.id().key(), no, OPERATOR)));
        int won = 0;
        for (Future<Boolean> outcome : both.invokeAll(tries)) {
          won += outcome.get() ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
        if (!active(root)) {
          departures.reactivate(root.id(), OPERATOR, DepartureOptions.ALL);
        }
        made.own()
            .change(second.id().key(), new AccountChange(null, null, null, null, true), OPERATOR);
      }
    } finally {
      both.shutdownNow();
    }
  }

  private boolean offboards(Account actor, Account whom) {
    return attempt(() -> departures.offboard(whom.id(), by(actor)));
  }

  private static boolean attempt(Runnable act) {
    try {
      act.run();
      return true;
    } catch (LetheException e) {
      assertThat(e).isInstanceOf(NotPermittedException.class);
      return false;
    }
  }
}
