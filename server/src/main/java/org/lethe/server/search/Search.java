package org.lethe.server.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.lethe.Lethe;
import org.lethe.account.Account;
import org.lethe.account.AccountId;
import org.lethe.account.AccountQuery;
import org.lethe.account.Action;
import org.lethe.account.Directory;
import org.lethe.account.LetheAccounts;
import org.lethe.schema.TableId;
import org.lethe.server.page.Place;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Service;
import org.springframework.web.util.UriComponentsBuilder;

/** Finds pages, people and tables, as far as whoever asks may see them. Thread-safe. */
@Service
final class Search {

  private static final int MOST = 8;

  private final Lethe lethe;
  private final LetheAccounts accounts;

  Search(Lethe lethe, LetheAccounts accounts) {
    this.lethe = lethe;
    this.accounts = accounts;
  }

  /**
   * Something that was found.
   *
   * @param kind for people
   * @param path where it leads
   */
  record Hit(String kind, String label, String path) {}

  /** Pages first, then people, then tables, in whose rows one can go on searching. */
  List<Hit> find(Me me, String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    List<Hit> hits = new ArrayList<>();
    Place.of(me, "").stream()
        .filter(p -> p.name().toLowerCase(Locale.ROOT).contains(wanted))
        .forEach(p -> hits.add(new Hit("page", p.name(), p.path())));
    if (wanted.isEmpty()) {
      return hits;
    }
    if (me.may(Action.USERS)) {
      people(text, hits);
    }
    tables(me, wanted, text.strip(), hits);
    return hits;
  }

  private void people(String text, List<Hit> hits) {
    for (Directory directory : accounts.directories()) {
      List<Account> found = directory.list(AccountQuery.ALL.text(text).limit(MOST)).accounts();
      String kind =
          directory.name().equals(AccountId.OWN) ? "account" : "account of the application";
      found.forEach(
          a ->
              hits.add(
                  new Hit(kind, a.label() + " (" + a.login() + ")", "/users/" + a.id().text())));
    }
  }

  private void tables(Me me, String wanted, String text, List<Hit> hits) {
    List<TableId> seen =
        lethe.catalog().tables().keySet().stream()
            .filter(id -> me.may(Action.VIEW, id))
            .sorted(Comparator.comparing(TableId::toString))
            .toList();
    for (TableId id : seen) {
      String name = lethe.catalog().displayName(id);
      if (name.toLowerCase(Locale.ROOT).contains(wanted)) {
        hits.add(new Hit("table", name, "/records/" + name));
      }
    }
    // Rows are searched table by table: all at once would read the whole database.
    lethe.decisions().data().subjects().values().stream()
        .map(s -> s.table())
        .distinct()
        .filter(id -> me.may(Action.VIEW, id))
        .forEach(
            id -> {
              String name = lethe.catalog().displayName(id);
              String path =
                  UriComponentsBuilder.fromPath("/records/" + name)
                      .queryParam("q", "{q}")
                      .encode()
                      .buildAndExpand(text)
                      .toUriString();
              hits.add(new Hit("search in", name, path));
            });
  }
}
