package org.lethe.server.requests;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.server.list.Facet;
import org.lethe.server.list.ListQuery;
import org.lethe.server.list.Slice;
import org.lethe.server.page.Names;
import org.lethe.server.security.Me;
import org.lethe.subject.request.Kind;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.State;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** All requests, and where new ones are taken up. */
@Controller
@RequestMapping("/requests")
final class RequestsPage {

  private static final String OPEN = "open";

  private final RequestService requests;
  private final Names names;
  private final Clock clock;

  RequestsPage(RequestService requests, Names names, Clock clock) {
    this.requests = requests;
    this.names = names;
    this.clock = clock;
  }

  @GetMapping
  String list(@RequestParam MultiValueMap<String, String> parameters, Me me, Model model) {
    if (!requests.available()) {
      me.require(org.lethe.account.Action.REQUESTS);
      return "requests/off";
    }
    ListQuery query = ListQuery.of("/requests", parameters, Set.of("state", "kind"), Set.of());
    List<Request> found =
        requests.page(
            me,
            state(query.filter("state")),
            OPEN.equals(query.filter("state")),
            kind(query.filter("kind")),
            number(query.after()),
            Slice.SIZE + 1);
    Slice<Request> slice = Slice.of(found, r -> Long.toString(r.number()));
    names.know(found.stream().map(Request::openedBy));
    model.addAttribute("query", query);
    model.addAttribute("slice", slice.map(r -> RequestLine.of(r, clock.instant())));
    model.addAttribute("facets", facets(query, requests.counts(me)));
    return "requests/requests";
  }

  private static @Nullable State state(@Nullable String word) {
    return Arrays.stream(State.values())
        .filter(s -> s.word().replace(' ', '-').equals(word))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Kind kind(@Nullable String word) {
    return Arrays.stream(Kind.values()).filter(k -> k.word().equals(word)).findFirst().orElse(null);
  }

  private static @Nullable Long number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
  }

  private static List<Facet> facets(ListQuery query, Map<State, Long> counts) {
    List<Facet.Value> states = new ArrayList<>();
    long open =
        RequestService.unsettled().stream().mapToLong(s -> counts.getOrDefault(s, 0L)).sum();
    states.add(new Facet.Value(OPEN, "to do", open));
    for (State state : State.values()) {
      if (counts.containsKey(state)) {
        states.add(
            new Facet.Value(state.word().replace(' ', '-'), state.word(), counts.get(state)));
      }
    }
    List<Facet.Value> kinds =
        Arrays.stream(Kind.values()).map(k -> new Facet.Value(k.word(), k.word(), null)).toList();
    return List.of(
        Facet.of(query, "state", "State", states), Facet.of(query, "kind", "Kind", kinds));
  }

  @GetMapping("/new")
  String form(
      @RequestParam(defaultValue = "") String subject,
      @RequestParam(defaultValue = "") String value,
      @RequestParam(defaultValue = "") String kind,
      Me me,
      Model model) {
    me.require(org.lethe.account.Action.REQUESTS);
    model.addAttribute("subjects", requests.subjects());
    model.addAttribute("kinds", Kind.values());
    model.addAttribute("subject", subject);
    model.addAttribute("value", value);
    model.addAttribute("kind", kind);
    return "requests/new";
  }

  @PostMapping
  String open(
      @RequestParam Kind kind,
      @RequestParam String subject,
      @RequestParam String value,
      @RequestParam(defaultValue = "") String received,
      @RequestParam(defaultValue = "false") boolean again,
      @RequestParam(required = false) @Nullable String reason,
      Me me,
      RedirectAttributes after) {
    Request request = requests.open(me, kind, subject, value, received, again, reason);
    after.addFlashAttribute("notice", "Request %d is taken up.".formatted(request.number()));
    return "redirect:/requests/" + request.number();
  }
}
