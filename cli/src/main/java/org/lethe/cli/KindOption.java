package org.lethe.cli;

import org.lethe.collect.DeleteKind;
import picocli.CommandLine.Option;

/** Whether a removal can be undone; it can, unless somebody says otherwise. */
final class KindOption {

  @Option(
      names = "--permanently",
      description = "keep nothing: no way back; asks for the name of what goes")
  private boolean permanently;

  DeleteKind kind() {
    return permanently ? DeleteKind.HARD : DeleteKind.SOFT;
  }

  boolean permanently() {
    return permanently;
  }
}
