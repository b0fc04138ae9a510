package org.lethe.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.testkit.server.Servant;
import org.lethe.testkit.server.Servant.Asked;
import org.lethe.testkit.server.Servant.Says;

/** A service that takes an hour to erase, and calls when it is done. */
@SuppressWarnings("NullAway.Init")
class CallbackTest extends ShopTest {

  private static final String KEY = "what both sides know, 16+";
  private static final String SAID = "{\"reference\": \"r-17\", \"outcome\": \"removed\"}";
  private static final Pattern PORT = Pattern.compile("callbacks at port (\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private volatile boolean done;
  private Servant service;
  private Process serving;
  private int port;

  @BeforeEach
  void serve() throws Exception {
    service = new Servant(this::answer);
    Path policy =
        Files.writeString(
            folder.resolve("lethe.yaml"),
            """
            version: 1
            tables:
              customer: { erase: delete }
            relations:
              invoice.customer_id: { on_delete: cascade, owner: sole }
              note.customer_id: { on_delete: cascade, owner: sole }
              payment.invoice_id: { on_delete: cascade, owner: sole }
            subjects:
              customer: { table: customer, identify_by: [email, id] }
            stores:
              newsletter:
                http: "%s"
                sign: { key: "${NEWSLETTER_KEY}" }
                find: { path: "/readers/{id}" }
                erase: { method: POST, path: /forget, body: { id: "{id}" } }
                status: { path: "/forgotten/{reference}" }
            """
                .formatted(service.url()));
    cli.with("LETHE_CONFIG", policy.toString())
        .with("LETHE_KEY", "a key that is only used by tests, 32+")
        .with("NEWSLETTER_KEY", KEY);
    assertThat(cli.run("erase", "customer", "id=3", "--yes", "-q", "--reason", "by letter").out())
        .contains("partially failed");
    List<String> command = new ArrayList<>(LetheProcess.command());
    command.addAll(List.of("serve", "--callbacks", "127.0.0.1:0", "--actor", "serving"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LETHE_DB", ShopDatabase.url(database));
    builder.environment().put("LETHE_CONFIG", policy.toString());
    builder.environment().put("LETHE_KEY", "a key that is only used by tests, 32+");
    builder.environment().put("NEWSLETTER_KEY", KEY);
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    serving = builder.start();
    for (int i = 0; i < 1200 && port == 0; i++) {
      Thread.sleep(50);
      Matcher listening = PORT.matcher(Files.readString(folder.resolve("err")));
      port = listening.find() ? Integer.parseInt(listening.group(1)) : 0;
    }
    assertThat(port).as(Files.readString(folder.resolve("err"))).isPositive();
  }

  @AfterEach
  void stop() {
    serving.destroyForcibly();
    service.close();
  }

  private Says answer(Asked asked) {
    if (asked.path().startsWith("/readers/")) {
      return done ? Says.of(404, "") : Says.of(200, "{\"mail\": \"weekly\"}");
    }
    if (asked.path().equals("/forget") || !done) {
      return Says.of(202, "{\"reference\": \"r-17\"}").with("Retry-After", "3600");
    }
    return Says.of(200, "{\"outcome\": \"removed\", \"items\": 1}");
  }

  @Test
  void theRequestGoesOnAtOnceAndARepeatedCallDoesNothing() throws Exception {
    assertThat(
            rows("lethe.request where state = 'partially failed' and next_at > now() + '50 min'"))
        .isOne();
    done = true;
    String now = Long.toString(Instant.now().getEpochSecond());

    assertThat(call("/callbacks/newsletter", SAID, now, KEY)).isEqualTo(204);

    for (int i = 0; i < 600 && rows("lethe.request where state = 'completed'") == 0; i++) {
      Thread.sleep(50);
    }
    assertThat(rows("lethe.request where state = 'completed'")).isOne();
    assertThat(rows("lethe.request_outcome where store = 'newsletter' and outcome = 'removed'"))
        .isOne();
    long steps = rows("lethe.audit");
    assertThat(call("/callbacks/newsletter", SAID, now, KEY)).isEqualTo(404);
    assertThat(rows("lethe.audit")).isEqualTo(steps);
    serving.destroy();
    assertThat(serving.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(folder.resolve("out")))
        .contains("request 1: completed")
        .doesNotContain("r-17");
    assertThat(Files.readString(folder.resolve("err"))).doesNotContain("r-17", "Exception");
  }

  @Test
  void whatIsSaidIsAskedForAndNotBelieved() throws Exception {
    String now = Long.toString(Instant.now().getEpochSecond());
    int asked = asked();

    assertThat(call("/callbacks/newsletter", SAID, now, KEY)).isEqualTo(204);

    for (int i = 0; i < 600 && asked() == asked; i++) {
      Thread.sleep(50);
    }
    assertThat(asked()).isGreaterThan(asked);
    for (int i = 0; i < 600 && rows("lethe.request where state = 'running'") > 0; i++) {
      Thread.sleep(50);
    }
    assertThat(rows("lethe.request where state = 'completed'")).isZero();
    assertThat(rows("lethe.request_piece where state = 'pending'")).isOne();
  }

  @Test
  void whateverElseComesIsRefusedWithoutAWord() throws Exception {
    done = true;
    String now = Long.toString(Instant.now().getEpochSecond());
    String path = "/callbacks/newsletter";

    assertThat(call(path, SAID, now, "what somebody guesses")).isEqualTo(401);
    assertThat(call(path, SAID, Long.toString(Instant.now().getEpochSecond() - 400), KEY))
        .isEqualTo(401);
    assertThat(send(path, "POST", SAID.getBytes(UTF_8), "x", "zz")).isEqualTo(401);
    assertThat(
            send(
                path, "POST", SAID.replace("17", "18").getBytes(UTF_8), now, sign(path, SAID, now)))
        .isEqualTo(401);
    assertThat(send(path + "?x=1", "POST", SAID.getBytes(UTF_8), now, sign(path, SAID, now)))
        .isEqualTo(401);
    assertThat(send(path, "POST", new byte[(1 << 20) + 1], now, "00")).isEqualTo(400);
    assertThat(call(path, "no JSON", now, KEY)).isEqualTo(400);
    assertThat(call(path, "{\"outcome\": \"removed\"}", now, KEY)).isEqualTo(400);
    assertThat(call(path, "{\"reference\": \"r-17\", \"outcome\": \"?\"}", now, KEY))
        .isEqualTo(400);
    assertThat(call(path, SAID.replace("17", "18"), now, KEY)).isEqualTo(404);
    assertThat(call("/callbacks/other", SAID, now, KEY)).isEqualTo(404);
    assertThat(call("/", SAID, now, KEY)).isEqualTo(404);
    assertThat(send(path, "PUT", SAID.getBytes(UTF_8), now, sign(path, SAID, now))).isEqualTo(404);
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), port)) {
      slow.setSoTimeout(40_000);
      slow.getOutputStream()
          .write(("POST " + path + " HTTP/1.1\r\nContent-Length: 99\r\n\r\n{").getBytes(UTF_8));
      assertThat(hungUp(slow)).isTrue();
    }

    assertThat(
            rows("lethe.request where state = 'partially failed' and next_at > now() + '50 min'"))
        .isOne();
    assertThat(Files.readString(folder.resolve("out"))).doesNotContain("callback", "request 1");
    assertThat(Files.readString(folder.resolve("err"))).doesNotContain("Exception", "r-17");
  }

  @Test
  void whatCannotListenSaysWhy() {
    assertThat(cli.run("serve", "--callbacks", "here").err()).contains("--callbacks is HOST:PORT");
    assertThat(cli.run("serve", "--callbacks", "127.0.0.1:" + port).err())
        .contains("cannot listen at 127.0.0.1:" + port);
    assertThat(cli.with("LETHE_KEY", "").run("serve", "--callbacks", "127.0.0.1:0").err())
        .contains("needs LETHE_KEY");
  }

  private static boolean hungUp(Socket socket) {
    try {
      while (socket.getInputStream().read() >= 0) {
        // An answer may come first.
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private int asked() {
    return (int) service.asked.stream().filter(a -> a.path().startsWith("/forgotten/")).count();
  }

  private int call(String path, String body, String time, String key) throws Exception {
    return send(path, "POST", body.getBytes(UTF_8), time, sign(key, path, body, time));
  }

  private static String sign(String path, String body, String time)
      throws GeneralSecurityException {
    return sign(KEY, path, body, time);
  }

  /** As the guide says, and not as the code does. */
  private static String sign(String key, String path, String body, String time)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
    return HexFormat.of()
        .formatHex(mac.doFinal(("POST\n" + path + "\n" + time + "\n" + body).getBytes(UTF_8)));
  }

  private int send(String path, String method, byte[] body, String time, String signature)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Lethe-Timestamp", time)
                .header("Lethe-Signature", signature)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).isEmpty();
    return answer.statusCode();
  }
}
