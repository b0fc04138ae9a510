package org.lethe.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fingerprints the parts of a catalog that a plan relies on. */
final class CatalogHash {

  private CatalogHash() {}

  static String of(Catalog catalog) {
    StringBuilder text = new StringBuilder();
    for (Table t : catalog.tables().values()) {
      text.append(t.id()).append('|').append(t.kind()).append('|').append(t.partitionRoot());
      text.append('|').append(t.parents()).append('\n');
      for (Column c : t.columns()) {
        text.append(c.name()).append('|').append(c.type()).append('|').append(c.nullable());
        text.append('|').append(c.generated()).append('|').append(c.identity());
        text.append('|').append(c.defaultExpression()).append('\n');
      }
      t.keys().stream().map(Key::toString).sorted().forEach(k -> text.append(k).append('\n'));
      t.triggers().stream()
          .map(
              g ->
                  g.name()
                      + g.kind()
                      + g.events().stream().sorted().toList()
                      + g.function()
                      + g.enabled())
          .sorted()
          .forEach(g -> text.append(g).append('\n'));
    }
    catalog.foreignKeys().stream()
        .map(ForeignKey::toString)
        .sorted()
        .forEach(f -> text.append(f).append('\n'));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
