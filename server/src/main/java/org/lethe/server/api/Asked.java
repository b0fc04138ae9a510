package org.lethe.server.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.server.requests.RequestView;
import org.lethe.subject.Settled;
import org.lethe.subject.erase.ErasurePlan;
import org.lethe.subject.request.Download;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.State;
import org.lethe.subject.request.Step;

/** A request, for programs. Nothing in it tells who it is. */
record Asked(
    String id,
    String number,
    String kind,
    String subject,
    String state,
    String law,
    Instant received,
    Instant due,
    @Nullable String extendedWhy,
    @Nullable String verifiedHow,
    String openedBy,
    @Nullable String collectedBy,
    @Nullable String approvedBy,
    @Nullable String reason,
    @Nullable Instant settled,
    @Nullable Instant next) {

  static Asked of(Request r) {
    return new Asked(
        r.id().toString(),
        Long.toString(r.number()),
        r.kind().word(),
        r.subjectType(),
        word(r.state()),
        r.law().name().toLowerCase(Locale.ROOT),
        r.received(),
        r.due(),
        r.extendedWhy(),
        r.verifiedHow(),
        r.openedBy(),
        r.collectedBy(),
        r.approvedBy(),
        r.reason(),
        r.settled(),
        r.next());
  }

  /** Such as {@code partially_failed}. */
  static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** A request with all that can be said of it. */
  record Whole(
      Asked request,
      List<Taken> steps,
      List<Outcome> outcomes,
      List<String> waiting,
      @Nullable Archive archive) {

    static Whole of(RequestView view) {
      Download download = view.download();
      return new Whole(
          Asked.of(view.request()),
          view.steps().stream().map(Taken::of).toList(),
          view.outcomes().stream().map(Outcome::of).toList(),
          view.waiting(),
          download == null ? null : Archive.of(download));
    }
  }

  /** A step that was taken. */
  record Taken(Instant at, String actor, String state, @Nullable String reason) {
    static Taken of(Step s) {
      return new Taken(s.at(), s.actor(), word(s.to()), s.reason());
    }
  }

  /** What became of the data in one place. */
  record Outcome(
      String store,
      String place,
      String outcome,
      long items,
      @Nullable String ground,
      @Nullable Instant until) {
    static Outcome of(Settled s) {
      return new Outcome(
          s.store(),
          s.place(),
          s.outcome().name().toLowerCase(Locale.ROOT),
          s.items(),
          s.ground(),
          s.until());
    }
  }

  /** An archive that can be fetched. */
  record Archive(String sha256, long bytes, Instant made, Instant expires, int fetched) {
    static Archive of(Download d) {
      return new Archive(d.sha256(), d.bytes(), d.made(), d.expires(), d.fetched());
    }
  }

  /** What an erasure would do. */
  record Plan(List<OfTable> tables, Map<String, Long> updates, Map<String, Long> trashed) {
    static Plan of(ErasurePlan p) {
      return new Plan(p.tables().stream().map(OfTable::of).toList(), p.updates(), p.trashed());
    }
  }

  /** What becomes of the rows of one table. */
  record OfTable(
      String table,
      long deleted,
      long treated,
      long shared,
      List<ErasurePlan.Kept> kept,
      Map<String, String> treatments) {
    static OfTable of(ErasurePlan.OfTable t) {
      return new OfTable(t.name(), t.deleted(), t.treated(), t.shared(), t.kept(), t.treatments());
    }
  }
}
