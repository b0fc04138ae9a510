package org.lethe.account;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of several accounts that were to be deactivated, each in a transaction of its own.
 *
 * @param refused why not, for people
 * @param unended what could not yet be told to end its sessions, and why; it will be tried again
 */
public record DepartureReport(
    List<Departure> done, Map<AccountId, String> refused, List<String> unended) {
  public DepartureReport {
    done = List.copyOf(done);
    refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
    unended = List.copyOf(unended);
  }
}
