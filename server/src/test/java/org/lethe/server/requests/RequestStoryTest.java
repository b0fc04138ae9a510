package org.lethe.server.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.server.AdminScene;
import org.lethe.server.Visitor;
import org.lethe.testkit.Plaza;

/** A request through the pages, from the mailed link to the certificate. */
@SuppressWarnings("NullAway.Init")
class RequestStoryTest {

  private static final List<String> MAILS = new CopyOnWriteArrayList<>();

  @TempDir private static Path folder;
  private static AdminScene scene;
  private static Visitor ada;

  @BeforeAll
  static void open() {
    String mail =
        """

        requests:
          mail: { smtp: "smtp://127.0.0.1:25", from: privacy@plaza.example, link: "https://lethe.plaza.example/confirm?word={word}" }
          folder: "%s"
        """
            .formatted(folder);
    scene = AdminScene.plaza(Plaza.policyYaml() + mail, (how, to, text) -> MAILS.add(text));
    ada = scene.signedIn(scene.superuser("ada"));
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  private static String openOne(String kind, String customer) {
    String request =
        ada.post(
                "/requests",
                "kind",
                kind,
                "subject",
                "customer",
                "value",
                "customer_id=" + customer)
            .location();
    // What a page says once is said: the next message is the next step's.
    assertThat(ada.get(request).body()).contains("is taken up");
    return request;
  }

  /** Until the job is through; what came of it. */
  private static String await(Visitor.Page started) throws InterruptedException {
    assertThat(started.location()).startsWith("/jobs/");
    for (int i = 0; i < 600; i++) {
      String body = ada.get(started.location() + "/state").body();
      if (!body.contains("<h2>Running</h2>")) {
        return body;
      }
      Thread.sleep(200);
    }
    throw new AssertionError("the job never ended");
  }

  @Test
  void somebodyIsForgottenFromTheLinkToTheCertificate() throws Exception {
    String request = openOne("ERASURE", "41");
    String email =
        scene
            .jdbc()
            .queryForObject("select email from customer where customer_id = 41", String.class);
    assertThat(ada.get(request).body()).contains("Mail them a link").contains("days left");
    assertThat(ada.submit(request + "/mail").body()).contains("Mailed to");

    Matcher link = Pattern.compile("/confirm\\?word=(\\S+)").matcher(MAILS.get(0));
    assertThat(link.find()).isTrue();
    Visitor person = scene.visitor();
    assertThat(person.get("/confirm?word=" + link.group(1)).body()).contains("Was that you?");
    // Opening the link alone changes nothing: mail programs do that.
    assertThat(ada.get(request).body()).contains("Mail them a link");
    assertThat(person.post("/confirm", "word", "guessed").body()).contains("not good any more");
    assertThat(person.post("/confirm", "word", link.group(1)).body()).contains("is confirmed");
    assertThat(person.post("/confirm", "word", link.group(1)).status()).isEqualTo(400);

    assertThat(await(ada.post(request + "/collect"))).contains("Collected.");
    assertThat(ada.get(request + "/plan").body()).contains("customer").contains("invoice");
    ada.submit(request + "/approve");
    assertThat(ada.submit(request + "/run", "password", "wrong").body())
        .contains("not your password");
    assertThat(ada.get(request).body()).contains("Run it");
    assertThat(await(ada.post(request + "/run", "password", AdminScene.PASSWORD)))
        .contains("completed");

    assertThat(
            scene
                .jdbc()
                .queryForObject("select count(*) from customer where email = ?", Long.class, email))
        .isZero();
    assertThat(ada.get(request).body()).contains("removed").contains("How it came here");
    Visitor.Page certificate = ada.get(request + "/certificate");
    assertThat(certificate.status()).isEqualTo(200);
    assertThat(certificate.body()).doesNotContain(email);
    assertThat(ada.get(request + "/certificate.json").body()).contains("\"seal\"");
  }

  @Test
  void whatIsKnownIsHandedOut() throws Exception {
    String request = openOne("ACCESS", "42");
    assertThat(ada.submit(request + "/verify", "reason", "").body()).contains("alert-danger");
    ada.submit(request + "/verify", "reason", "came with a passport");
    await(ada.post(request + "/collect"));
    ada.submit(request + "/approve");
    await(ada.post(request + "/run", "password", AdminScene.PASSWORD));
    assertThat(ada.get(request).body()).contains("Download the archive");
    Visitor.Page archive = ada.get(request + "/archive.zip");
    assertThat(archive.header("content-type")).isEqualTo("application/zip");
    assertThat(archive.body()).startsWith("PK");
    assertThat(ada.get(request).body()).contains("handed out <span>1</span> times");
  }

  @Test
  void whoMayNotEraseMayStillLookAfterRequests() {
    String request = openOne("ERASURE", "43");
    Visitor clerk = scene.signedIn(scene.staff("clerk", "requests:*"));
    assertThat(clerk.get(request).status()).isEqualTo(200);
    assertThat(clerk.submit(request + "/verify", "reason", "by phone").body())
        .contains("comes from the person");
    assertThat(
            clerk
                .post("/requests", "kind", "ERASURE", "subject", "customer", "value", "44")
                .status())
        .isEqualTo(403);
    assertThat(clerk.post(request + "/run", "password", AdminScene.PASSWORD).status())
        .isEqualTo(403);
    Visitor nobody = scene.signedIn(scene.staff("nobody", "view:*"));
    assertThat(nobody.get("/requests").status()).isEqualTo(403);
    assertThat(nobody.get(request).status()).isEqualTo(403);
    assertThat(nobody.get(request + "/certificate").status()).isEqualTo(403);
  }

  @Test
  void whatCannotBeSaysWhy() {
    assertThat(
            ada.post("/requests", "kind", "ACCESS", "subject", "customer", "value", "no@body.x")
                .status())
        .isEqualTo(400);
    String request = openOne("PORTABILITY", "45");
    assertThat(ada.submit(request + "/deny", "reason", "").body()).contains("alert-danger");
    assertThat(ada.submit(request + "/deny", "reason", "<i>no</i>").body())
        .contains("&lt;i&gt;no&lt;/i&gt;")
        .contains("denied");
    assertThat(ada.get("/requests?state=denied").body()).contains("portability");
    assertThat(ada.get("/requests/999999").status()).isEqualTo(400);
  }
}
