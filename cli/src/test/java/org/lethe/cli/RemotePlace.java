package org.lethe.cli;

import java.io.IOException;
import java.util.Optional;
import org.lethe.testkit.server.Line;

/** A place that is reached over a line, which can be cut. */
abstract class RemotePlace implements Place {

  private final Line line;
  private final int answers;

  /**
   * @param answers how many it gives before it dies, where it dies half-way
   */
  RemotePlace(int port, int answers) throws IOException {
    this.line = new Line(port);
    this.answers = answers;
  }

  /** Where Lethe finds it. */
  final int port() {
    return line.port();
  }

  @Override
  public void is(Line.Mood mood) throws IOException {
    line.is(mood, answers);
  }

  @Override
  public final Optional<Line> line() {
    return Optional.of(line);
  }

  @Override
  public void close() {
    line.close();
  }
}
