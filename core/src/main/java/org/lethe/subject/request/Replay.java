package org.lethe.subject.request;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lethe.dialect.Dialect;
import org.lethe.execute.Transactions;
import org.lethe.policy.Decisions;
import org.lethe.policy.SubjectType;
import org.lethe.schema.Table;
import org.lethe.store.Subject;
import org.lethe.subject.Key;
import org.lethe.subject.People;
import org.lethe.subject.Person;
import org.lethe.trash.By;

/**
 * Erases again everyone who was erased after a backup that the database was restored from. They are
 * recognised by keyed hashes: of their key, and of something else that identifies them, since a key
 * may have been given to somebody else meanwhile. Thread-safe.
 */
public final class Replay {

  private final Decisions decisions;
  private final Dialect dialect;
  private final Transactions transactions;
  private final Requests requests;
  private final Key key;
  private final Clock clock;

  Replay(
      Decisions decisions,
      Dialect dialect,
      Transactions transactions,
      Requests requests,
      Key key,
      Clock clock) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.transactions = transactions;
    this.requests = requests;
    this.key = key;
    this.clock = clock;
  }

  /**
   * What a replay came to.
   *
   * @param known people who were erased in that time, by the file
   * @param erased requests by which those who were back were erased again
   * @param others people who bear the key of somebody erased, but are somebody else
   */
  public record Report(int known, List<Request> erased, int others) {
    public Report {
      erased = List.copyOf(erased);
    }
  }

  /** People who are back, though they were erased. */
  public record Returned(List<Person> people, int known, int others) {
    public Returned {
      people = List.copyOf(people);
    }
  }

  /**
   * Who is back; changes nothing.
   *
   * @param since when the backup was taken
   * @throws org.lethe.error.InputException if the file cannot be read, or names a subject that the
   *     policy has no more
   */
  public Returned look(Path erasures, Instant since) {
    List<ErasuresFile.Erased> erased = new ErasuresFile(erasures).since(since);
    List<Person> back = new ArrayList<>();
    int others = 0;
    Map<String, List<ErasuresFile.Erased>> byType =
        erased.stream().collect(Collectors.groupingBy(ErasuresFile.Erased::subjectType));
    for (Map.Entry<String, List<ErasuresFile.Erased>> of : byType.entrySet()) {
      SubjectType type = People.type(decisions, of.getKey());
      Map<String, ErasuresFile.Erased> byKey = new HashMap<>();
      of.getValue().forEach(e -> byKey.put(e.keyHash(), e));
      for (Person person : bearers(type, byKey)) {
        ErasuresFile.Erased was = byKey.get(SealedPerson.of(person).hash(key));
        if (was != null && same(was, person.subject())) {
          back.add(person);
        } else {
          others++;
        }
      }
    }
    return new Returned(back, erased.size(), others);
  }

  /**
   * Erases them again.
   *
   * @throws org.lethe.error.InputException if the file cannot be read, or names a subject that the
   *     policy has no more
   */
  public Report run(Path erasures, Instant since, By by) {
    Returned returned = look(erasures, since);
    List<Request> done = new ArrayList<>();
    for (Person person : returned.people()) {
      Request request = requests.open(Kind.ERASURE, person, clock.instant(), true, by);
      By replay = new By(by.actor(), "was erased before the backup was restored");
      requests.verification().byStatement(request.id(), replay);
      requests.collect(request.id(), replay);
      requests.approveReplay(request.id(), replay);
      done.add(requests.run(request.id(), replay));
    }
    return new Report(returned.known(), done, returned.others());
  }

  /** People whose key somebody had who was erased. */
  private List<Person> bearers(SubjectType type, Map<String, ErasuresFile.Erased> byKey) {
    Table table = decisions.catalog().table(type.table());
    String columns =
        table.identity().stream()
            .map(c -> "c." + dialect.quote(c) + "::text")
            .collect(Collectors.joining(", "));
    return transactions.look(
        jdbc -> {
          List<List<String>> keys = new ArrayList<>();
          jdbc.query(
              connection -> {
                var statement =
                    connection.prepareStatement(
                        "select %s from %s as c".formatted(columns, dialect.ownRows(table)));
                statement.setFetchSize(10_000);
                return statement;
              },
              rs -> {
                List<String> one = new ArrayList<>();
                for (int i = 1; i <= table.identity().size(); i++) {
                  one.add(rs.getString(i));
                }
                if (byKey.containsKey(SealedPerson.hash(key, type.name(), one))) {
                  keys.add(one);
                }
              });
          People people = new People(decisions, dialect, jdbc);
          return keys.stream().map(k -> people.person(type, k)).toList();
        });
  }

  /** Whoever was known by nothing but their key is not who is known by something else now. */
  private boolean same(ErasuresFile.Erased was, Subject now) {
    List<String> hashes = identifierHashes(decisions, key, now);
    return was.identifierHashes().isEmpty()
        ? hashes.isEmpty()
        : hashes.stream().anyMatch(was.identifierHashes()::contains);
  }

  /** Of what identifies a person beside their key. */
  static List<String> identifierHashes(Decisions decisions, Key key, Subject subject) {
    SubjectType type = People.type(decisions, subject.type());
    List<String> identity = decisions.catalog().table(type.table()).identity();
    return type.identifyBy().stream()
        .filter(c -> !identity.contains(c))
        .flatMap(
            c -> subject.values(c).stream().map(v -> c + "\0" + v.strip().toLowerCase(Locale.ROOT)))
        .map(text -> key.hash("identifier", text))
        .sorted()
        .toList();
  }
}
