package org.lethe.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A mail server that takes everything but one command. */
final class Grudging implements AutoCloseable {

  private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final String command;
  private final @Nullable String answer;

  /**
   * @param command {@code .} for the end of the mail
   * @param answer to that command; null to hang up
   */
  Grudging(String command, @Nullable String answer) throws IOException {
    this.command = command;
    this.answer = answer;
    Thread thread = new Thread(this::serve, "grudging");
    thread.setDaemon(true);
    thread.start();
  }

  String address() {
    return "smtp://127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    try {
      while (true) {
        try (Socket client = socket.accept()) {
          talk(client);
        }
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void talk(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    say(client, "220 here");
    boolean mail = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (mail && !line.equals(".")) {
        continue;
      }
      mail = line.equals("DATA");
      if (line.startsWith(command)) {
        if (answer == null) {
          return;
        }
        say(client, answer);
      } else {
        say(client, mail ? "354 go on" : line.equals("QUIT") ? "221 bye" : "250 fine");
      }
    }
  }

  private static void say(Socket client, String line) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
