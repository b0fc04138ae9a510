package org.lethe.subject.export;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.node.ArrayNode;

/** Writes files into a ZIP, one after the other, and remembers what they were. */
final class Archive {

  private final ZipOutputStream zip;
  private final LocalDateTime time;
  private final List<Entry> entries = new ArrayList<>();
  private String folder = "";

  /**
   * @param time of all files in it
   */
  Archive(OutputStream out, LocalDateTime time) {
    this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    this.time = time;
  }

  /** A file in the archive. */
  record Entry(String path, long bytes, String sha256) {}

  /** What writes a file. */
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /** All files from now on are below this folder; empty for the top. */
  void into(String name) {
    folder = name.isEmpty() ? "" : name + "/";
  }

  void file(String path, String text) {
    file(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  void file(String path, Body body) {
    try (Open open = open(path)) {
      body.writeTo(open);
    } catch (IOException e) {
      throw new UncheckedIOException("the export cannot be written", e);
    }
  }

  /** Opens a file; close it before the next one. */
  Open open(String path) {
    try {
      ZipEntry entry = new ZipEntry(folder + path);
      // The time as it is, wherever this runs.
      entry.setTimeLocal(time);
      zip.putNextEntry(entry);
      return new Open(folder + path);
    } catch (IOException e) {
      throw new UncheckedIOException("the export cannot be written", e);
    }
  }

  List<Entry> entries() {
    return entries;
  }

  /** Lists all files so far. */
  void list(ArrayNode files) {
    for (Entry entry : entries) {
      files
          .addObject()
          .put("path", entry.path())
          .put("bytes", entry.bytes())
          .put("sha256", entry.sha256());
    }
  }

  void finish() {
    try {
      zip.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("the export cannot be written", e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** A file being written. */
  final class Open extends FilterOutputStream {

    private final String path;
    private final MessageDigest digest;
    private long bytes;
    private boolean closed;

    private Open(String path) {
      this(path, sha256());
    }

    private Open(String path, MessageDigest digest) {
      super(new BufferedOutputStream(new DigestOutputStream(zip, digest), 1 << 13));
      this.path = path;
      this.digest = digest;
    }

    @Override
    public void write(int b) throws IOException {
      bytes++;
      out.write(b);
    }

    @Override
    public void write(byte[] b, int from, int length) throws IOException {
      bytes += length;
      out.write(b, from, length);
    }

    /** Ends the file, not the archive. */
    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        out.flush();
        zip.closeEntry();
        entries.add(new Entry(path, bytes, HexFormat.of().formatHex(digest.digest())));
      }
    }
  }
}
