package org.lethe.store;

import java.io.InputStream;
import java.util.Map;

/** Takes what a store hands out. Writes as it goes: nothing need fit into memory but one record. */
public interface ExportSink {

  /**
   * One record.
   *
   * @param place as in the {@link Locator}
   * @param values by name: null, text, numbers, truth values, lists and maps of these
   */
  void record(String place, Map<String, ?> values);

  /**
   * One file, as it is. The stream is read to its end but not closed.
   *
   * @param place as in the {@link Locator}
   * @param name for people; need not be unique, nor fit for a file system
   */
  void file(String place, String name, InputStream content);
}
