package org.lethe.server.records;

import java.util.List;
import org.lethe.schema.TableId;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** One row, and what refers to it. */
@Controller
final class RecordPage {

  private final RecordTables tables;
  private final RecordLooks looks;

  RecordPage(RecordTables tables, RecordLooks looks) {
    this.tables = tables;
    this.looks = looks;
  }

  @GetMapping("/records/{table}/{key}")
  String record(
      Me me,
      @PathVariable String table,
      @PathVariable String key,
      @RequestParam(defaultValue = "false") boolean counts,
      Model model) {
    TableId id = tables.find(me, table);
    model.addAttribute("record", looks.details(me, id, RecordAddress.key(key), counts));
    return "records/record";
  }

  /** The same list of what refers to it, to be put into the page once it is there. */
  @GetMapping("/records/{table}/{key}/referrers")
  String referrers(Me me, @PathVariable String table, @PathVariable String key, Model model) {
    TableId id = tables.find(me, table);
    List<String> values = RecordAddress.key(key);
    model.addAttribute("referrers", looks.referrers(me, id, values));
    return "records/record :: referrers";
  }
}
