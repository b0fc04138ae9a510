package org.lethe.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lethe.store.ExportSink;
import tools.jackson.databind.json.JsonMapper;

/** What a store handed out. */
public final class Collected implements ExportSink {

  public final List<Map<String, ?>> records = new ArrayList<>();
  public final Map<String, byte[]> files = new LinkedHashMap<>();

  @Override
  public void record(String place, Map<String, ?> values) {
    records.add(values);
  }

  @Override
  public void file(String place, String name, InputStream content) {
    try {
      files.put(name, content.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of it in one text. */
  public String text() {
    StringBuilder text = new StringBuilder(JsonMapper.shared().writeValueAsString(records));
    files.forEach((name, bytes) -> text.append('\n').append(name).append(new String(bytes, UTF_8)));
    return text.toString();
  }
}
