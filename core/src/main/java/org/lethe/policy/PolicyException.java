package org.lethe.policy;

import java.util.List;
import org.lethe.error.LetheException;

/** A policy cannot be used; carries every fault that was found, in the order of the file. */
public final class PolicyException extends LetheException {

  private static final long serialVersionUID = 1L;

  private final String source;
  private final transient List<PolicyFinding> findings;

  /**
   * @param source the file's name, for the message
   */
  public PolicyException(String source, List<PolicyFinding> findings) {
    super(describe(source, findings));
    this.source = source;
    this.findings = findings.stream().sorted().toList();
  }

  /** The file's name. */
  public String source() {
    return source;
  }

  public List<PolicyFinding> findings() {
    return findings;
  }

  private static String describe(String source, List<PolicyFinding> findings) {
    StringBuilder text = new StringBuilder(source);
    text.append(findings.size() == 1 ? ": 1 fault" : ": " + findings.size() + " faults");
    for (PolicyFinding f : findings.stream().sorted().toList()) {
      text.append("\n  ").append(source);
      if (f.line() > 0) {
        text.append(':').append(f.line()).append(':').append(f.column());
      }
      text.append("  ").append(f.path()).append(f.path().isEmpty() ? "" : ": ").append(f.message());
      if (f.fix() != null) {
        text.append("\n      fix: ").append(f.fix());
      }
    }
    return text.toString();
  }
}
