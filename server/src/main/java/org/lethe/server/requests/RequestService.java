package org.lethe.server.requests;

import java.io.OutputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.cli.admin.AdminSettings;
import org.lethe.error.InputException;
import org.lethe.policy.SubjectType;
import org.lethe.server.jobs.Jobs;
import org.lethe.server.security.Me;
import org.lethe.subject.Key;
import org.lethe.subject.Person;
import org.lethe.subject.erase.ErasurePlan;
import org.lethe.subject.request.Certificate;
import org.lethe.subject.request.Download;
import org.lethe.subject.request.Kind;
import org.lethe.subject.request.Mailed;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.Requests;
import org.lethe.subject.request.State;
import org.springframework.stereotype.Service;

/**
 * Requests for those who may handle them: looking, opening and each step need {@link
 * Action#REQUESTS}, what destroys needs {@link Action#ERASE} besides. Thread-safe.
 */
@Service
public final class RequestService {

  private final Lethe lethe;
  private final AdminSettings settings;
  private final Jobs jobs;
  private final Clock clock;

  RequestService(Lethe lethe, AdminSettings settings, Jobs jobs, Clock clock) {
    this.lethe = lethe;
    this.settings = settings;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Whether requests can be handled at all: they need a key. */
  public boolean available() {
    return settings.requests() != null;
  }

  private AdminSettings.PeoplesRequests needed() {
    AdminSettings.PeoplesRequests requests = settings.requests();
    if (requests == null) {
      throw new InputException(
          "requests of people need a key: start Lethe with %s set to a secret that is kept outside of the database, such as the output of openssl rand -base64 32"
              .formatted(Key.VARIABLE));
    }
    return requests;
  }

  private Requests requests(Me me) {
    me.require(Action.REQUESTS);
    return needed().requests();
  }

  /** What erases somebody needs more than looking after requests. */
  private static void mayGoOn(Me me, Request request) {
    if (request.kind() == Kind.ERASURE) {
      me.require(Action.ERASE);
    }
  }

  /** The policy's subjects. */
  public List<SubjectType> subjects() {
    return List.copyOf(lethe.decisions().data().subjects().values());
  }

  /**
   * Some requests, latest first.
   *
   * @param open only those that are not settled
   */
  public List<Request> page(
      Me me,
      @Nullable State state,
      boolean open,
      @Nullable Kind kind,
      @Nullable Long before,
      int limit) {
    Set<State> states =
        state != null ? EnumSet.of(state) : open ? unsettled() : EnumSet.noneOf(State.class);
    return requests(me).page(states, kind, before, limit);
  }

  /** States in which somebody still has something to do. */
  static Set<State> unsettled() {
    return EnumSet.of(
        State.RECEIVED,
        State.VERIFIED,
        State.COLLECTED,
        State.APPROVED,
        State.RUNNING,
        State.PARTIALLY_FAILED);
  }

  public Map<State, Long> counts(Me me) {
    return requests(me).counts();
  }

  /**
   * @throws org.lethe.subject.request.RequestException if there is none such
   */
  public Request find(Me me, String named) {
    return requests(me).find(named);
  }

  /** A request with all that can be said of it. */
  public RequestView view(Me me, String named) {
    Requests requests = requests(me);
    Request request = requests.find(named);
    return new RequestView(
        request,
        requests.steps(request.id()),
        requests.outcomes(request.id()),
        needed().stores().all().stream().map(s -> s.describe().name()).toList(),
        requests.downloads().find(request.id()).orElse(null),
        me.may(Action.ERASE),
        clock.instant());
  }

  /**
   * Takes a request up.
   *
   * @param received a date such as 2026-11-02; empty for now
   */
  public Request open(
      Me me,
      Kind kind,
      String subject,
      String value,
      String received,
      boolean again,
      @Nullable String remark) {
    Requests requests = requests(me);
    if (kind == Kind.ERASURE) {
      me.require(Action.ERASE);
    }
    if (value.isBlank()) {
      throw new InputException(
          "say who it is: an e-mail address, or another value that the policy identifies people by");
    }
    Instant at = received.isBlank() ? clock.instant() : day(received);
    Person person = lethe.person(subject, value.strip());
    return requests.open(kind, person, at, again, me.by(remark));
  }

  private static Instant day(String text) {
    try {
      return LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new InputException("the day of receipt is a date such as 2026-11-02, not " + text, e);
    }
  }

  public Request verify(Me me, String named, String how) {
    Requests requests = requests(me);
    return requests.verification().byStatement(requests.find(named).id(), me.by(how));
  }

  public Request verifyWord(Me me, String named, String word) {
    Requests requests = requests(me);
    return requests.verification().byWord(requests.find(named).id(), word.strip());
  }

  public Mailed mailWord(Me me, String named) {
    Requests requests = requests(me);
    return requests
        .verification()
        .mailWord(requests.find(named).id(), me.by(null), settings.messenger());
  }

  /** Whoever has a mailed word is the person: needs no account. */
  public Request confirmed(String word) {
    return needed().requests().verification().byWord(word.strip());
  }

  /** Looks what there is in every store, as a job. */
  public UUID collect(Me me, String named) {
    Requests requests = requests(me);
    Request request = requests.find(named);
    return start(
        me,
        request,
        "Collecting for request %d",
        () -> {
          requests.collect(request.id(), me.by(null));
          return "Collected.";
        });
  }

  /** What an erasure would do to this database now. */
  public ErasurePlan plan(Me me, String named) {
    Requests requests = requests(me);
    return requests.plan(requests.find(named).id());
  }

  public Request approve(Me me, String named, @Nullable String remark) {
    Requests requests = requests(me);
    Request request = requests.find(named);
    mayGoOn(me, request);
    return requests.approve(request.id(), me.by(remark));
  }

  /**
   * Makes sure that this account may run the request, before its password is asked for.
   *
   * @throws org.lethe.error.NotPermittedException if it may not
   */
  void requireRun(Me me, String named) {
    mayGoOn(me, requests(me).find(named));
  }

  /** Does what was approved, or goes on with it, as a job. */
  public UUID run(Me me, String named) {
    Requests requests = requests(me);
    Request request = requests.find(named);
    mayGoOn(me, request);
    return start(
        me, request, "Request %d", () -> requests.run(request.id(), me.by(null)).state().word());
  }

  /** Makes the archive of a request anew, as a job. */
  public UUID anew(Me me, String named) {
    Requests requests = requests(me);
    Request request = requests.find(named);
    return start(
        me,
        request,
        "Archive of request %d",
        () -> {
          requests.anew(request.id(), me.by(null));
          return "The archive was made anew.";
        });
  }

  private UUID start(
      Me me, Request request, String label, java.util.function.Supplier<String> work) {
    return jobs.start(
        me,
        "request",
        label.formatted(request.number()),
        "/requests/" + request.number(),
        progress -> work.get());
  }

  public Request extend(Me me, String named, String why) {
    Requests requests = requests(me);
    return requests.extend(requests.find(named).id(), me.by(why));
  }

  public Request deny(Me me, String named, String why) {
    Requests requests = requests(me);
    return requests.deny(requests.find(named).id(), me.by(why));
  }

  public Request withdraw(Me me, String named, @Nullable String why) {
    Requests requests = requests(me);
    return requests.withdraw(requests.find(named).id(), me.by(why));
  }

  /** Hands the archive out; each time is written down. */
  public Download fetch(Me me, String named, OutputStream out) {
    Requests requests = requests(me);
    return requests.downloads().fetch(requests.find(named), out, me.by(null));
  }

  /** Whether there is an archive to hand out. */
  public boolean hasArchive(Me me, String named) {
    Requests requests = requests(me);
    return requests.downloads().find(requests.find(named).id()).isPresent();
  }

  public String certificatePage(Me me, String named) {
    return certificate(me, named).html(needed().key());
  }

  public String certificateJson(Me me, String named) {
    return certificate(me, named).json(needed().key());
  }

  private Certificate certificate(Me me, String named) {
    Requests requests = requests(me);
    return requests.certificate(requests.find(named).id());
  }
}
