package org.lethe.personal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.Key;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** Guesses which tables hold one row per person. */
public final class People {

  private static final Set<String> PEOPLE =
      Set.of(
          "customer",
          "user",
          "account",
          "member",
          "person",
          "patient",
          "student",
          "client",
          "guest",
          "visitor",
          "subscriber",
          "passenger",
          "tenant",
          "applicant",
          "candidate",
          "donor",
          "player",
          "citizen",
          "contact",
          "author",
          "teacher",
          "driver",
          "resident");

  private static final Set<String> STAFF =
      Set.of("employee", "staff", "worker", "agent", "operator", "admin", "administrator", "clerk");

  /** Without one of these a table called account is a ledger's. */
  private static final Set<String> SIGNS =
      Set.of("email", "mail", "login", "username", "surname", "firstname", "lastname", "phone");

  private final Map<TableId, Person> people = new TreeMap<>();

  /**
   * A table of people.
   *
   * @param name in the singular
   * @param staff whether they mostly act on others' data
   * @param identifyBy columns that name one person: e-mail and login names first, then the key
   */
  public record Person(Table table, String name, boolean staff, List<String> identifyBy) {}

  public People(Catalog catalog) {
    for (Table table : catalog.tables().values()) {
      if (table.kind() == Table.Kind.TABLE || table.kind() == Table.Kind.PARTITIONED) {
        NameWords words = NameWords.of(table.id().name()).singular();
        boolean staff = STAFF.contains(words.last());
        if ((staff || PEOPLE.contains(words.last())) && looksLikePeople(table)) {
          people.put(table.id(), new Person(table, words.joined(), staff, identifyBy(table)));
        }
      }
    }
  }

  public List<Person> all() {
    return List.copyOf(people.values());
  }

  public Optional<Person> in(TableId table) {
    return Optional.ofNullable(people.get(table));
  }

  private static boolean looksLikePeople(Table table) {
    if (table.identity().isEmpty()) {
      return false;
    }
    return table.columns().stream().anyMatch(c -> sign(NameWords.of(c.name())));
  }

  private static boolean sign(NameWords words) {
    return SIGNS.contains(words.last())
        || words.words().equals(List.of("email", "address"))
        || words.words().equals(List.of("user", "name"))
        || (words.last().equals("name") && words.contains("first", "last", "full", "family"));
  }

  private static List<String> identifyBy(Table table) {
    List<String> columns = new ArrayList<>();
    for (Column column : table.columns()) {
      NameWords words = NameWords.of(column.name());
      boolean email = isEmail(column);
      boolean login =
          words.last().equals("login")
              || words.last().equals("username")
              || words.words().equals(List.of("user", "name"));
      if (email || (login && unique(table, column.name()))) {
        columns.add(column.name());
      }
    }
    if (table.identity().size() == 1 && !columns.contains(table.identity().get(0))) {
      columns.add(table.identity().get(0));
    }
    return columns;
  }

  /** By its name and type, one that holds an e-mail address. */
  public static boolean isEmail(Column column) {
    NameWords words = NameWords.of(column.name());
    boolean named =
        words.last().equals("email")
            || words.last().equals("mail")
            || (words.last().equals("address") && words.contains("email", "mail"));
    return named && isText(column);
  }

  public static boolean isText(Column column) {
    return column.kind() != Column.TypeKind.ARRAY
        && (column.kind() == Column.TypeKind.DOMAIN
            || column.type().startsWith("text")
            || column.type().startsWith("char")
            || column.type().startsWith("varchar")
            || column.type().endsWith("citext"));
  }

  private static boolean unique(Table table, String column) {
    return table.keys().stream().map(Key::columns).anyMatch(k -> k.equals(List.of(column)));
  }
}
