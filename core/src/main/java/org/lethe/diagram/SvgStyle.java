package org.lethe.diagram;

/** The style sheet inside every picture; all rules stay below its own class. */
final class SvgStyle {

  static final String CSS = build();

  private static final String LIGHT =
      """
      .page{fill:#fff}
      .box{fill:#fff;stroke:#c3cbd6}
      .rule{stroke:#e3e8ee}
      .center .box{fill:#f1f6ff;stroke:#2f6fde;stroke-width:2}
      .title,.name{fill:#17202c}
      .column{fill:#3d4856}
      .soft{fill:#5f6b7a}
      .rows rect{fill:#e8edf4}
      .rows text{fill:#17202c}
      .link path{stroke:#5f6b7a}
      """;

  private static final String DARK =
      """
      .page{fill:#12161c}
      .box{fill:#1b212a;stroke:#46515f}
      .rule{stroke:#303a46}
      .center .box{fill:#1a2740;stroke:#79a9ff}
      .title,.name{fill:#f0f3f7}
      .column{fill:#ccd4de}
      .soft{fill:#a3b0c2}
      .rows rect{fill:#35404e}
      .rows text{fill:#f0f3f7}
      .link path{stroke:#a3b0c2}
      """;

  private static final String SHAPE =
      """
      text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
      .title{font-size:18px;font-weight:600}
      .name{font-size:13px;font-weight:600}
      .column{font-size:11.5px}
      .soft{font-size:12.5px}
      .small{font-size:11.5px}
      .rule{fill:none}
      .edge path{fill:none;stroke-width:1.6}
      .edge.link path{stroke-dasharray:5 4}
      .edge .tip{stroke:none;stroke-dasharray:none}
      .edge:hover path{stroke-width:3}
      .pill text{font-size:10px;font-weight:600;text-anchor:middle}
      """;

  private SvgStyle() {}

  private static String build() {
    StringBuilder light = new StringBuilder(SHAPE).append(LIGHT);
    StringBuilder dark = new StringBuilder(DARK);
    for (Effect effect : Effect.values()) {
      light.append(effect(effect.cssClass, effect.light, "#fff"));
      dark.append(effect(effect.cssClass, effect.dark, "#12161c"));
    }
    return "\n"
        + scoped(light.toString())
        + "@media(prefers-color-scheme:dark){\n"
        + scoped(dark.toString())
        + "}\n";
  }

  private static String effect(String cssClass, String colour, String ink) {
    return """
        .edge.%1$s path{stroke:%2$s}
        .edge.%1$s .tip{fill:%2$s;stroke:none}
        .pill.%1$s rect{fill:%2$s}
        .pill.%1$s text{fill:%3$s}
        """
        .formatted(cssClass, colour, ink);
  }

  /**
   * Puts the picture's class before every selector, so that nothing leaks into a page around it.
   */
  private static String scoped(String rules) {
    StringBuilder scoped = new StringBuilder();
    for (String rule : rules.strip().split("\n", -1)) {
      int brace = rule.indexOf('{');
      for (String selector : rule.substring(0, brace).split(",", -1)) {
        scoped.append(scoped.isEmpty() || scoped.charAt(scoped.length() - 1) == '\n' ? "" : ",");
        scoped.append(".lethe-graph ").append(selector);
      }
      scoped.append(rule.substring(brace)).append('\n');
    }
    return scoped.toString();
  }
}
