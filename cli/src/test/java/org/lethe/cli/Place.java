package org.lethe.cli;

import java.util.Optional;
import java.util.SortedMap;
import org.lethe.testkit.server.Line;

/** Somewhere outside of the database where tests put people's data, and look what is there. */
interface Place extends AutoCloseable {

  /** As the policy calls it. */
  String name();

  /** What the policy says of it, indented as an entry of {@code stores}. */
  String settings();

  /** Puts in what there is of a person. */
  void put(Somebody who) throws Exception;

  /** All there is, byte for byte, by where it is. */
  SortedMap<String, String> content() throws Exception;

  /** Makes it hold just what it did once, as when a backup is restored. */
  void putBack(SortedMap<String, String> content) throws Exception;

  /** The line over which Lethe talks to it, if there is one. */
  Optional<Line> line();

  /** Makes it well, or not. */
  void is(Line.Mood mood) throws Exception;

  @Override
  void close();
}
