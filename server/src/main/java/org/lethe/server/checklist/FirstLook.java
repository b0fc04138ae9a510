package org.lethe.server.checklist;

import org.lethe.cli.admin.AdminSettings;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Looks what is undecided when the admin starts for the first time: an empty page helps nobody. */
@Component
final class FirstLook {

  private final ChecklistService checklist;
  private final AdminSettings settings;

  FirstLook(ChecklistService checklist, AdminSettings settings) {
    this.checklist = checklist;
    this.settings = settings;
  }

  @EventListener(ApplicationReadyEvent.class)
  void ready() {
    if (settings.firstLook()) {
      checklist.lookFirst();
    }
  }
}
