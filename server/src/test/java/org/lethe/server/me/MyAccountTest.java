package org.lethe.server.me;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.server.AdminScene;
import org.lethe.server.Fields;
import org.lethe.server.Visitor;

/** What everybody may do with their own account. */
@SuppressWarnings("NullAway.Init")
class MyAccountTest {

  private static final String OTHER = "another-password-1";

  private static AdminScene scene;

  @BeforeAll
  static void open() {
    scene = AdminScene.plaza();
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void anotherPasswordEndsAllOtherSessions() {
    Account ada = scene.superuser("ada");
    Visitor here = scene.signedIn(ada);
    Visitor there = scene.signedIn(ada);
    assertThat(here.get("/me").body()).contains("signed in in 2 places");
    assertThat(
            here.submit("/me/password", "old", "wrong", "password", OTHER, "again", OTHER).body())
        .contains("alert-danger");
    assertThat(
            here.submit("/me/password", "old", AdminScene.PASSWORD, "password", OTHER, "again", "x")
                .body())
        .contains("not typed the same twice");
    String before = here.cookie("LETHE_SESSION");
    assertThat(
            here.submit(
                    "/me/password", "old", AdminScene.PASSWORD, "password", OTHER, "again", OTHER)
                .body())
        .contains("Wherever else you were signed in, you are no more", "signed in here only");
    assertThat(here.cookie("LETHE_SESSION")).as("whoever read it before").isNotEqualTo(before);
    assertThat(there.get("/").status()).isEqualTo(302);
    Visitor again = scene.visitor();
    again.signIn("ada", OTHER);
    assertThat(again.get("/").status()).isEqualTo(200);
  }

  @Test
  void tokensAreShownOnceAndRevoked() {
    Visitor ben = scene.signedIn(scene.staff("ben", "view:*"));
    Visitor.Page made = ben.post("/me/tokens", "name", "nightly", "scopes", "view:*");
    Matcher secret = Pattern.compile("lethe_[0-9A-Za-z]{32}").matcher(made.body());
    assertThat(secret.find()).isTrue();
    assertThat(scene.accounts().tokens().find(secret.group())).isPresent();
    String page = ben.get("/me").body();
    assertThat(page).contains("nightly").doesNotContain(secret.group());
    Matcher id = Pattern.compile("/me/tokens/([0-9]+)/revoke").matcher(page);
    assertThat(id.find()).isTrue();
    Visitor other = scene.signedIn(scene.staff("carl", "view:*"));
    assertThat(other.submit("/me/tokens/" + id.group(1) + "/revoke").body())
        .contains("alert-danger");
    assertThat(scene.accounts().tokens().find(secret.group())).isPresent();
    assertThat(ben.submit("/me/tokens/" + id.group(1) + "/revoke").body())
        .contains("The token is revoked.");
    assertThat(scene.accounts().tokens().find(secret.group())).isEmpty();
  }

  @Test
  void signingOutEverywhereEndsEverySession() {
    Account dora = scene.staff("dora", "view:*");
    Visitor here = scene.signedIn(dora);
    Visitor there = scene.signedIn(dora);
    here.post("/me/sessions/end");
    assertThat(here.get("/").status()).isEqualTo(302);
    assertThat(there.get("/").status()).isEqualTo(302);
  }

  @Test
  void aSecondFactorNeedsThePasswordAndACodeThatIsRight() {
    Visitor emil = scene.signedIn(scene.staff("emil", "view:*"));
    assertThat(emil.submit("/me/second-factor", "password", "wrong").body())
        .contains("not your password");
    Visitor.Page begun = emil.post("/me/second-factor", "password", AdminScene.PASSWORD);
    List<String> uris = Fields.all(begun, "<pre class=\"snippet\">(otpauth://totp/[^<]+)</pre>");
    assertThat(uris).hasSize(1);
    assertThat(seenByACamera(begun)).isEqualTo(uris.get(0));
    assertThat(emil.submit("/me/second-factor/confirm", "code", "000000x").body())
        .contains("not right");
    Visitor again = scene.visitor();
    again.signIn("emil", AdminScene.PASSWORD);
    assertThat(again.open("/").body()).contains("What needs you");
  }

  /** What the picture on a page says, drawn and read as an authenticator reads it. */
  private static String seenByACamera(Visitor.Page page) {
    int scale = 4;
    int size =
        Integer.parseInt(Fields.all(page, "<svg class=\"qr\"[^>]*viewBox=\"0 0 ([0-9]+)").get(0));
    BufferedImage picture =
        new BufferedImage(size * scale, size * scale, BufferedImage.TYPE_INT_RGB);
    Graphics2D drawing = picture.createGraphics();
    drawing.setColor(Color.WHITE);
    drawing.fillRect(0, 0, size * scale, size * scale);
    drawing.setColor(Color.BLACK);
    Matcher run =
        Pattern.compile("M([0-9]+) ([0-9]+)h([0-9]+)v1h-([0-9]+)z")
            .matcher(Fields.all(page, "<path fill=\"#000\" d=\"([^\"]+)\"").get(0));
    while (run.find()) {
      assertThat(run.group(4)).isEqualTo(run.group(3));
      drawing.fillRect(
          Integer.parseInt(run.group(1)) * scale,
          Integer.parseInt(run.group(2)) * scale,
          Integer.parseInt(run.group(3)) * scale,
          scale);
    }
    int side = picture.getWidth();
    int[] pixels = picture.getRGB(0, 0, side, side, null, 0, side);
    try {
      return new QRCodeReader()
          .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(side, side, pixels))))
          .getText();
    } catch (ReaderException e) {
      throw new AssertionError("no camera can read the picture", e);
    }
  }
}
