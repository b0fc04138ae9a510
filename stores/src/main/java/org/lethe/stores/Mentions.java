package org.lethe.stores;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.store.FullSearch;

/** Looks for one text in whatever it is shown, and remembers where it was. Not thread-safe. */
public final class Mentions {

  private static final int CHUNK = 1 << 16;

  private final String text;

  /** The text's UTF-8 form, a character for each byte: that is how bytes are looked through. */
  private final String bytes;

  private final Set<String> places = new LinkedHashSet<>();

  /**
   * @param text is not empty
   */
  public Mentions(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("nothing to look for");
    }
    this.text = text;
    this.bytes = new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  /** Looks at a value: text, bytes, or lists and maps of such, keys included. */
  public void look(String place, @Nullable Object value) {
    if (!full() && isIn(value)) {
      places.add(place);
    }
  }

  /** Looks at a stream, to its end or to where the text is; it is not closed. */
  public void look(String place, InputStream content) throws IOException {
    String before = "";
    byte[] chunk = new byte[CHUNK];
    for (int read = content.read(chunk); read >= 0 && !full(); read = content.read(chunk)) {
      String now = before + new String(chunk, 0, read, ISO_8859_1);
      if (now.contains(bytes)) {
        places.add(place);
        return;
      }
      before = now.substring(Math.max(0, now.length() - bytes.length() + 1));
    }
  }

  /** Whether enough was found. */
  public boolean full() {
    return places.size() >= FullSearch.MOST;
  }

  /** Where it was. */
  public List<String> places() {
    return List.copyOf(places);
  }

  private boolean isIn(@Nullable Object value) {
    if (value instanceof byte[] raw) {
      return new String(raw, ISO_8859_1).contains(bytes);
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream().anyMatch(e -> isIn(e.getKey()) || isIn(e.getValue()));
    }
    if (value instanceof Collection<?> list) {
      return list.stream().anyMatch(this::isIn);
    }
    return value != null && value.toString().contains(text);
  }
}
