package org.lethe.subject.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** How rows are picked out that may mention people, and whom they may mention, as SQL. */
sealed interface Pick {

  /** Whether row {@code c} may mention anybody; asks for {@link #rowArguments}. */
  String rows(List<Place> places);

  List<Object> rowArguments(List<Place> places);

  /**
   * Whom row {@code c} may mention: a FROM item {@code s} of requests and patterns; asks for {@link
   * #peopleArguments}.
   */
  String people(List<Place> places);

  List<Object> peopleArguments();

  /**
   * By one expression for all of them. The database tries it on each row from scratch, and the
   * longer it is, the longer that takes: for few people.
   */
  record ByPattern(List<Sought> sought) implements Pick {

    @Override
    public String rows(List<Place> places) {
      return places.stream().map(p -> p.contains("?")).collect(Collectors.joining(" or "));
    }

    @Override
    public List<Object> rowArguments(List<Place> places) {
      String anybody = sought.stream().map(Sought::pattern).collect(Collectors.joining("|"));
      return places.stream().<Object>map(p -> anybody).toList();
    }

    @Override
    public String people(List<Place> places) {
      return "unnest(?::uuid[], ?::text[]) as s(request, pattern)";
    }

    @Override
    public List<Object> peopleArguments() {
      return List.of(
          sought.stream().map(s -> s.request().id()).toArray(UUID[]::new),
          sought.stream().map(Sought::pattern).toArray(String[]::new));
    }
  }

  /**
   * By words, which the database finds by hashing: however many people there are, a text is taken
   * apart once.
   *
   * @param words for each person, words of which something that mentions them has at least one, as
   *     the database spells them in lower case
   */
  record ByWords(Map<Sought, List<String>> words) implements Pick {

    /** Not letters, digits or underscores: what {@code \m} and {@code \M} take as between words. */
    static final String BETWEEN = "\\W+";

    @Override
    public String rows(List<Place> places) {
      return "exists (select 1 from unnest(%s) as w(word) where w.word collate \"C\" = any(?::text[]))"
          .formatted(taken(places));
    }

    @Override
    public List<Object> rowArguments(List<Place> places) {
      String[] all =
          words.values().stream().flatMap(List::stream).distinct().toArray(String[]::new);
      return List.of((Object) all);
    }

    @Override
    public String people(List<Place> places) {
      return """
             lateral (select distinct p.request, p.pattern
                        from unnest(%s) as w(word)
                        join unnest(?::uuid[], ?::text[], ?::text[]) as p(request, pattern, word)
                          on w.word collate "C" = p.word) as s
             """
          .formatted(taken(places));
    }

    @Override
    public List<Object> peopleArguments() {
      List<UUID> requests = new ArrayList<>();
      List<String> patterns = new ArrayList<>();
      List<String> each = new ArrayList<>();
      words.forEach(
          (sought, theirs) -> {
            String pattern = sought.pattern();
            for (String word : theirs) {
              requests.add(sought.request().id());
              patterns.add(pattern);
              each.add(word);
            }
          });
      return List.of(
          requests.toArray(UUID[]::new),
          patterns.toArray(String[]::new),
          each.toArray(String[]::new));
    }

    private static String taken(List<Place> places) {
      String texts = places.stream().map(Place::text).collect(Collectors.joining(", "));
      return apart("concat_ws(' ', %s)".formatted(texts));
    }

    /** The words of a text in SQL, in the database's own collation whatever its column's. */
    static String apart(String text) {
      return "regexp_split_to_array(lower((%s) collate \"default\"), '%s')"
          .formatted(text, BETWEEN);
    }
  }
}
