package org.lethe.assertions;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lethe.Lethe;
import org.lethe.policy.Category;
import org.lethe.policy.ColumnRule;
import org.lethe.policy.Decisions;
import org.lethe.policy.ExportRule;
import org.lethe.schema.Column;
import org.lethe.store.Store;
import org.lethe.subject.Person;
import org.lethe.subject.export.ExportFormat;
import org.lethe.subject.export.ExportOptions;
import org.lethe.subject.export.ExportReport;
import org.lethe.subject.export.Extra;

/** Whether an export has all that the policy hands out, and nothing that it never hands out. */
final class ExportCheck {

  private final Lethe lethe;
  private final Decisions decisions;

  ExportCheck(Lethe lethe) {
    this.lethe = lethe;
    this.decisions = lethe.decisions();
  }

  /** What is wrong with it. */
  List<String> faults(Person person, List<Planted> planted, List<Store> stores) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Store> exporting = stores.stream().filter(s -> s.describe().exports()).toList();
    ExportReport.OfPerson report =
        lethe
            .exporter()
            .export(person, Extra.of(exporting), ExportOptions.USUAL.with(ExportFormat.JSON), out)
            .people()
            .get(0);
    String document = out.toString(StandardCharsets.UTF_8);
    List<String> faults = new ArrayList<>();
    report
        .unreachable()
        .forEach(u -> faults.add("export: %s could not be asked: %s".formatted(u.name(), u.why())));
    Set<String> leftOut = new HashSet<>(report.leftOut().keySet());
    for (Planted one : planted) {
      String name = decisions.displayName(one.column());
      ColumnRule rule = decisions.data().column(one.column().table(), one.column().column());
      boolean has = document.contains(one.mark());
      if (never(rule) && has) {
        faults.add("export: %s is handed out, although the policy never does".formatted(name));
      } else if (!has && wanted(one, rule) && !leftOut.contains(name)) {
        faults.add(
            "export: %s of the canary is missing, although the policy hands it out"
                .formatted(name));
      }
    }
    return faults;
  }

  private static boolean never(ColumnRule rule) {
    ExportRule said = rule.export();
    return said == null ? rule.category() == Category.SECRET : said.never();
  }

  /** Whether its value must be in there as it is. */
  private boolean wanted(Planted one, ColumnRule rule) {
    ExportRule said = rule.export();
    boolean changed =
        said != null
            && (said.format() != null
                || said.mask() != null
                || said.with() != null
                || said.lookUp() != null);
    boolean ofSomebody =
        one.shared()
            && rule.category() != Category.CONTENT
            && rule.category() != Category.BEHAVIOUR;
    boolean document =
        decisions
            .catalog()
            .table(one.column().table())
            .column(one.column().column())
            .map(Column::type)
            .orElse("")
            .equals("tsvector");
    return !never(rule) && !changed && !ofSomebody && !document && !one.bytes();
  }
}
