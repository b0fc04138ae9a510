package org.lethe.server.retention;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.server.list.ListQuery;
import org.lethe.server.list.Slice;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;

/** The list of runs below a task. */
final class History {

  private History() {}

  static ListQuery query(TaskView task, MultiValueMap<String, String> parameters) {
    return ListQuery.of(task.path(), parameters, Set.of(), Set.of());
  }

  static @Nullable Long before(ListQuery query) {
    String after = query.after();
    return after != null && after.matches("[0-9]{1,18}") ? Long.valueOf(after) : null;
  }

  static void add(Model model, ListQuery query, List<RunView> oneMore) {
    model.addAttribute("query", query);
    model.addAttribute("slice", Slice.of(oneMore, r -> Long.toString(r.number())));
  }
}
