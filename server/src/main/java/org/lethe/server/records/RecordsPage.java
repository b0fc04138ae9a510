package org.lethe.server.records;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.lethe.schema.TableId;
import org.lethe.server.list.ListQuery;
import org.lethe.server.security.Me;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The tables, and the rows of one. */
@Controller
final class RecordsPage {

  private final RecordTables tables;
  private final Records records;

  RecordsPage(RecordTables tables, Records records) {
    this.tables = tables;
    this.records = records;
  }

  @GetMapping("/records")
  String tables(Me me, @RequestParam MultiValueMap<String, String> parameters, Model model) {
    ListQuery query = ListQuery.of("/records", parameters, java.util.Set.of(), java.util.Set.of());
    model.addAttribute("query", query);
    model.addAttribute("schemas", tables.list(me, query.text()));
    return "records/tables";
  }

  @GetMapping("/records/{table}")
  String rows(
      Me me,
      @PathVariable String table,
      @RequestParam MultiValueMap<String, String> parameters,
      Model model) {
    TableId id = tables.find(me, table);
    ListQuery query = records.query(id, parameters);
    model.addAttribute("query", query);
    model.addAttribute("list", records.list(me, id, query));
    return "records/rows";
  }

  @GetMapping(path = "/records/{table}", params = "format=csv")
  void csv(
      Me me,
      @PathVariable String table,
      @RequestParam MultiValueMap<String, String> parameters,
      HttpServletResponse response)
      throws IOException {
    TableId id = tables.find(me, table);
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename(id.name().replaceAll("[^A-Za-z0-9_-]", "_") + ".csv")
            .build()
            .toString());
    records.csv(me, id, records.query(id, parameters), response.getOutputStream());
  }
}
