package org.lethe.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A TCP line to a server that can go wrong while the server is well: whoever calls the line's port
 * talks to the server, as long as the {@link Mood} is good. Thread-safe.
 */
public final class Line implements AutoCloseable {

  /** How the line is. */
  public enum Mood {
    GOOD,
    /** Nobody listens. */
    DOWN,
    /** Takes calls, and says nothing. */
    HANGS,
    /** Takes calls, and says what no protocol knows. */
    NONSENSE,
    /** Breaks off just after the server has done something: its answer never comes. */
    DIES
  }

  /** Told of each message to the server, before it is passed on. */
  public interface Watch {

    /**
     * A message.
     *
     * @return whether it is passed on; if not, the line is cut
     */
    boolean message();
  }

  private static final byte[] NONSENSE =
      "%%% out of order: %s %d\r\n\r\n%%%\r\n".repeat(4).getBytes(StandardCharsets.US_ASCII);

  private final int port;
  private final int server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger untilItDies = new AtomicInteger();
  private volatile Mood mood = Mood.GOOD;
  private volatile Watch watch = () -> true;
  private volatile @Nullable ServerSocket listening;

  /**
   * @param server the port on this machine to which it leads
   */
  public Line(int server) throws IOException {
    this.server = server;
    this.port = Ports.free();
    listen();
  }

  public int port() {
    return port;
  }

  /** Told of each message from now on. */
  public void watch(Watch told) {
    watch = told;
  }

  /** Whoever talks just now is cut off. */
  public void is(Mood other) throws IOException {
    is(other, 1);
  }

  /**
   * Whoever talks just now is cut off.
   *
   * @param answers how many answers come before it {@link Mood#DIES}
   */
  public void is(Mood other, int answers) throws IOException {
    untilItDies.set(answers);
    mood = other;
    cut();
    if (other == Mood.DOWN) {
      hangUp();
    } else if (listening == null) {
      listen();
    }
  }

  private void listen() throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    listening = socket;
    thread(() -> accept(socket));
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket caller = socket.accept();
        open.add(caller);
        answer(caller);
      } catch (IOException e) {
        // It is hung up, or the caller is gone already.
      }
    }
  }

  private void answer(Socket caller) throws IOException {
    switch (mood) {
      case HANGS -> {}
      case NONSENSE ->
          thread(
              () -> {
                try (caller) {
                  // A client that talks first is let talk, and then answered.
                  int said = caller.getInputStream().read(new byte[1 << 16]);
                  if (said > 0) {
                    caller.getOutputStream().write(NONSENSE);
                    caller.getOutputStream().flush();
                  }
                } catch (IOException e) {
                  // It is gone.
                }
              });
      default -> {
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
        open.add(behind);
        thread(() -> pass(caller, behind, true));
        thread(() -> pass(behind, caller, false));
      }
    }
  }

  private void pass(Socket from, Socket to, boolean toServer) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (toServer && !watch.message()) {
          return;
        }
        if (!toServer && mood == Mood.DIES && untilItDies.decrementAndGet() < 0) {
          return;
        }
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // One of them is gone, and so is the other now.
    }
  }

  private void cut() {
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone.
      }
    }
    open.clear();
  }

  private void hangUp() throws IOException {
    ServerSocket socket = listening;
    listening = null;
    if (socket != null) {
      socket.close();
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "line");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      hangUp();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
