package org.lethe.server.checklist;

import java.time.Instant;
import java.util.List;
import org.lethe.checklist.Finding;

/** What a look at everything came to, and when that was. */
public record Checked(Instant at, String by, List<Finding> findings) {

  public Checked {
    findings = List.copyOf(findings);
  }
}
