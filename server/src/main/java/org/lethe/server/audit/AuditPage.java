package org.lethe.server.audit;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.AuditQuery;
import org.lethe.audit.Entry;
import org.lethe.csv.CsvLines;
import org.lethe.error.InputException;
import org.lethe.server.list.ListQuery;
import org.lethe.server.list.Slice;
import org.lethe.server.page.Names;
import org.lethe.server.security.Me;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who did what, latest first; narrowed to one object it is that object's history. */
@Controller
@RequestMapping("/audit")
final class AuditPage {

  private static final Set<String> FILTERS = Set.of("actor", "action", "object", "from", "until");
  private static final int CSV_PAGE = 1000;

  private final AuditService audit;
  private final Names names;
  private final Downloads downloads;

  AuditPage(AuditService audit, Names names, Downloads downloads) {
    this.audit = audit;
    this.names = names;
    this.downloads = downloads;
  }

  @GetMapping
  String list(@RequestParam MultiValueMap<String, String> parameters, Me me, Model model) {
    ListQuery query = ListQuery.of("/audit", parameters, FILTERS, Set.of());
    List<Entry> found = audit.page(me, wanted(query), Slice.SIZE + 1);
    know(found);
    model.addAttribute("query", query);
    model.addAttribute("slice", Slice.of(found, e -> Long.toString(e.number())).map(AuditLine::of));
    model.addAttribute("actions", audit.actions(me));
    return "audit/audit";
  }

  private void know(List<Entry> entries) {
    names.know(entries.stream().flatMap(e -> Stream.of(e.actor(), e.object())));
  }

  @GetMapping(params = "format=csv")
  void csv(
      @RequestParam MultiValueMap<String, String> parameters, Me me, HttpServletResponse response)
      throws IOException {
    ListQuery query = ListQuery.of("/audit", parameters, FILTERS, Set.of());
    AuditQuery wanted = wanted(query).before(null);
    List<Entry> page = audit.page(me, wanted, CSV_PAGE);
    downloads.record(me, "audit", "csv", query.narrowed());
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\"");
    CsvLines lines = new CsvLines(response.getOutputStream());
    lines.line(
        List.of(
            "entry",
            "at",
            "actor",
            "action",
            "object",
            "reason",
            "details",
            "previous",
            "hash",
            "name"));
    while (!page.isEmpty()) {
      know(page);
      for (Entry entry : page) {
        lines.line(line(entry));
      }
      wanted = wanted.before(page.get(page.size() - 1).number());
      page = page.size() < CSV_PAGE ? List.of() : audit.page(me, wanted, CSV_PAGE);
    }
    lines.flush();
  }

  private List<String> line(Entry e) {
    return List.of(
        Long.toString(e.number()),
        e.at().toString(),
        CsvLines.guarded(e.actor()),
        CsvLines.guarded(e.action()),
        CsvLines.guarded(e.object()),
        e.reason() == null ? "" : CsvLines.guarded(e.reason()),
        CsvLines.guarded(e.details()),
        e.previous(),
        e.hash(),
        CsvLines.guarded(names.of(e.actor())));
  }

  @PostMapping("/verify")
  String verify(Me me) {
    return "redirect:/jobs/" + audit.verify(me);
  }

  private AuditQuery wanted(ListQuery query) {
    @Nullable LocalDate until = day(query.filter("until"), "until");
    @Nullable String actor = query.filter("actor");
    return new AuditQuery(
        actor == null ? Set.of() : audit.names(actor.strip()),
        query.filter("action"),
        query.filter("object"),
        beginning(day(query.filter("from"), "from")),
        // The last day counts whole.
        beginning(until == null ? null : until.plusDays(1)),
        number(query.after()));
  }

  private static @Nullable Instant beginning(@Nullable LocalDate day) {
    return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static @Nullable LocalDate day(@Nullable String text, String what) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      LocalDate day = LocalDate.parse(text.strip());
      if (day.getYear() >= 1 && day.getYear() <= 9999) {
        return day;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new InputException("\"%s\" is a date such as 2026-11-02, not %s".formatted(what, text));
  }

  private static @Nullable Long number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
  }
}
