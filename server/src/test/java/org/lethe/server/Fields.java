package org.lethe.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** What the forms and links of a page hold. */
public final class Fields {

  private Fields() {}

  /** The values of all inputs of this name, in the page's order. */
  public static List<String> of(Visitor.Page page, String name) {
    return all(page, "<input[^>]*name=\"" + Pattern.quote(name) + "\"[^>]*value=\"([^\"]*)\"");
  }

  /** Where the link to the next page leads; empty on the last. */
  public static String next(Visitor.Page page) {
    return all(page, "rel=\"next\" href=\"([^\"]+)\"").stream().findFirst().orElse("");
  }

  /** What stands in the brackets of a pattern, wherever it is found. */
  public static List<String> all(Visitor.Page page, String pattern) {
    List<String> values = new ArrayList<>();
    Matcher found = Pattern.compile(pattern).matcher(page.body());
    while (found.find()) {
      values.add(HtmlUtils.htmlUnescape(found.group(1)));
    }
    return values;
  }
}
