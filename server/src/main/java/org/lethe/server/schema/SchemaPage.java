package org.lethe.server.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.lethe.server.security.Me;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The tables and what removal does to them: a picture, and the same as a list. */
@Controller
@RequestMapping("/schema")
final class SchemaPage {

  private static final String STYLE = "<style>";

  private final SchemaService schema;

  SchemaPage(SchemaService schema) {
    this.schema = schema;
  }

  @GetMapping
  String map(
      @RequestParam(defaultValue = "") String table,
      @RequestParam(defaultValue = "1") String depth,
      Me me,
      Model model) {
    int deep = depth(depth);
    model.addAttribute("schemas", schema.overview(me));
    model.addAttribute("relations", schema.relations(me, named(table), deep));
    model.addAttribute("table", table.strip());
    model.addAttribute("depth", deep);
    model.addAttribute("deepest", SchemaService.DEEPEST);
    return "schema/schema";
  }

  @GetMapping("/map.svg")
  ResponseEntity<byte[]> picture(
      @RequestParam(defaultValue = "") String table,
      @RequestParam(defaultValue = "1") String depth,
      @RequestParam(defaultValue = "false") boolean download,
      Me me) {
    String svg = schema.picture(me, named(table), depth(depth));
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.ok()
            .contentType(new MediaType("image", "svg+xml", StandardCharsets.UTF_8))
            .header("Content-Security-Policy", policy(svg));
    if (download) {
      answer.header(
          HttpHeaders.CONTENT_DISPOSITION,
          ContentDisposition.attachment().filename("schema.svg").build().toString());
    }
    return answer.body(svg.getBytes(StandardCharsets.UTF_8));
  }

  /** Nothing but the picture's own style sheet, which is known by its hash. */
  private static String policy(String svg) {
    int start = svg.indexOf(STYLE) + STYLE.length();
    byte[] style =
        svg.substring(start, svg.indexOf("</style>", start)).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(style);
      return "default-src 'none'; style-src 'sha256-%s'; frame-ancestors 'none'"
          .formatted(Base64.getEncoder().encodeToString(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static @Nullable String named(String table) {
    return table.isBlank() ? null : table.strip();
  }

  private static int depth(String text) {
    return text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : 1;
  }
}
