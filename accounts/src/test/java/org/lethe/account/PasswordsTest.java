package org.lethe.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lethe.error.InputException;
import org.lethe.testkit.Django;

/** Hashes as Django makes them, and ours as Django reads them. */
class PasswordsTest {

  private static final String PASSWORD = "Grüße an 東京, sagte ‘sie’ 🙂";

  @Test
  void whatDjangoHashedIsVerified() {
    Databases.requireDjango();
    String hashes =
        Django.run(
            """
            from django.contrib.auth.hashers import make_password, get_hashers
            for hasher in get_hashers():
                for password in ("%1$s", "x", " lead"):
                    try:
                        hashed = make_password(password, hasher=hasher.algorithm)
                    except ValueError:
                        continue  # Its library is not on this machine.
                    print(hasher.algorithm, password, hashed, sep="\\t")
            """
                .formatted(PASSWORD));
    List<String> seen = new ArrayList<>();
    for (String line : hashes.lines().filter(l -> l.contains("\t")).toList()) {
      String[] parts = line.split("\t", -1);
      String password = parts[1];
      assertThat(Passwords.verify(password, parts[2])).as(parts[0] + " " + parts[2]).isTrue();
      assertThat(Passwords.verify(password + "x", parts[2])).as(parts[0] + ", wrong").isFalse();
      assertThat(Passwords.usable(parts[2])).isTrue();
      seen.add(parts[0]);
    }
    assertThat(seen)
        .contains("pbkdf2_sha256", "pbkdf2_sha1", "sha1", "md5", "unsalted_sha1", "unsalted_md5");
  }

  @Test
  void djangoVerifiesOurs() {
    Databases.requireDjango();
    String hash = Passwords.hash(PASSWORD, "pbkdf2_sha256$260000$abc$def");
    assertThat(hash).startsWith("pbkdf2_sha256$260000$");
    String said =
        Django.run(
            """
            from django.contrib.auth.hashers import check_password
            print(check_password("%1$s", "%2$s"), check_password("%1$s.", "%2$s"))
            """
                .formatted(PASSWORD, hash));
    assertThat(said).isEqualToIgnoringNewLines("True False");
  }

  /** Made with other libraries: hashlib, argon2-cffi and bcrypt of Python. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "argon2$argon2id$v=19$m=1024,t=2,p=8$c2FsdHNhbHRzYWx0$CWncCuyg7QEfQNhlUzjfOw",
        "argon2$argon2i$v=19$m=512,t=2,p=2$c2FsdHNhbHRzYWx0$bynHEyr4haxtPeI7EZzgYQ",
        "bcrypt$$2b$06$p7c5Z7dyEvJdX52lFI/cMOJnWpJnBp3F7GRRp88k1bWFYaM4Wyr96",
        "bcrypt_sha256$$2b$06$p7c5Z7dyEvJdX52lFI/cMO0LpkxP8u0rpziXxnZX4aAf0tA2QoEAC",
        "$2b$06$p7c5Z7dyEvJdX52lFI/cMOJnWpJnBp3F7GRRp88k1bWFYaM4Wyr96",
        "scrypt$16384$NaClNaCl$8$1$rLKkfJtz8YHH4S3nqVRCPQcKuysJ+8+8kPKQjcYxEkE9JMWI6ialOzE7jOmcSrxgMHY8nnRPL+sxKoh8fvFTcg==",
      })
  void othersAreVerifiedToo(String hash) {
    assertThat(Passwords.usable(hash)).isTrue();
    assertThat(Passwords.verify("correct horse", hash)).isTrue();
    assertThat(Passwords.verify("correct horsf", hash)).isFalse();
  }

  @Test
  void ownOnesCostWhatTheyShould() {
    String hash = Passwords.hash("correct horse battery");
    assertThat(hash).startsWith("pbkdf2_sha256$870000$");
    assertThat(Passwords.hash("correct horse battery")).isNotEqualTo(hash);
    assertThat(Passwords.verify("correct horse battery", hash)).isTrue();
    assertThat(Passwords.verify("correct horse batterx", hash)).isFalse();
  }

  @Test
  void bcryptStaysBcrypt() {
    String hash =
        Passwords.hash("secret", "$2b$06$abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVWXYZ01234");
    assertThat(hash).startsWith("$2b$06$");
    assertThat(Passwords.verify("secret", hash)).isTrue();
    assertThat(Passwords.verify("Secret", hash)).isFalse();
    assertThat(Passwords.verify("secret", "bcrypt$" + hash)).isTrue();
    assertThatThrownBy(() -> Passwords.hash("ü".repeat(37), hash))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("72 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "!",
        "!abcdef",
        "secret",
        "pbkdf2_sha256$",
        "pbkdf2_sha256$10$salt",
        "pbkdf2_sha256$x$salt$aGFzaA==",
        "pbkdf2_sha256$-1$salt$aGFzaA==",
        "pbkdf2_sha256$10$salt$",
        "pbkdf2_sha256$10$salt$!!!",
        "argon2$",
        "argon2$argon2id$v=19$m=8,t=1,p=1$c2FsdA",
        "bcrypt$$2b$04$short",
        "bcrypt_sha256$",
        "scrypt$1$2$3",
        "scrypt$3$salt$8$1$aGFzaA==",
        "scrypt$16$salt$8$1$",
        "sha1$salt",
        "sha1$salt$",
        "md5$$",
        "crypt$ab$abJnggxhB/yWI",
        "$2b$04$short"
      })
  void whatIsGarbledOrUnusableNeverMatches(String hash) {
    for (String password : List.of("", "secret", hash)) {
      assertThat(Passwords.verify(password, hash)).isFalse();
    }
    assertThat(Passwords.verify("secret", null)).isFalse();
  }
}
