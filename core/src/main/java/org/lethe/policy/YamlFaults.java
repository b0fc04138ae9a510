package org.lethe.policy;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Says in plain words why a text is not YAML. */
final class YamlFaults {

  private YamlFaults() {}

  static PolicyFinding describe(JacksonException e) {
    int line = 1;
    int column = 1;
    String problem = firstLine(e.getOriginalMessage());
    String context = null;
    TokenStreamLocation location = e.getLocation();
    if (location != null && location.getLineNr() > 0) {
      line = location.getLineNr();
      column = Math.max(1, location.getColumnNr());
    }
    if (e.getCause() instanceof MarkedYamlEngineException yaml) {
      problem = yaml.getProblem();
      context = yaml.getContext();
      Mark mark = yaml.getProblemMark().orElse(null);
      if (mark != null) {
        line = mark.getLine() + 1;
        column = mark.getColumn() + 1;
      }
    }
    String message =
        "this is not YAML: " + (context == null || context.isBlank() ? "" : context + ", ");
    return new PolicyFinding(line, column, "", message + problem, fix(problem));
  }

  private static @Nullable String fix(String problem) {
    if (problem.contains("'\\t") || problem.contains("\\t(TAB)") || problem.contains("TAB")) {
      return "indent with blanks; YAML allows no tabs";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "put text that holds a colon into quotes, and check the indentation";
    }
    if (problem.contains("'%'") || problem.contains("'@'") || problem.contains("'`'")) {
      return "put text that starts with this character into quotes";
    }
    return null;
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
