package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUrlTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("LETHE_DB_USER", "env", "LETHE_DB_PASSWORD", "secret");

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h:1/d,                       jdbc:postgresql://h:1/d,        env, secret",
    "jdbc:postgresql://h/d?user=u&password=p,       jdbc:postgresql://h/d,          u,   p",
    "jdbc:postgresql://h/d?user=u&ssl=true,         jdbc:postgresql://h/d?ssl=true, u,   secret",
    "jdbc:postgresql://u:p@h/d,                     jdbc:postgresql://h/d,          u,   p",
    "jdbc:postgresql:d,                             jdbc:postgresql:d,              env, secret",
    "postgresql://u:p@h:1/d?sslmode=require,  jdbc:postgresql://h:1/d?sslmode=require, u, p",
    "postgres://u@h/d,                              jdbc:postgresql://h/d,          u,   secret",
    "postgresql://u:p%40%2Fq+r@h/d,                 jdbc:postgresql://h/d,          u,   p@/q+r",
    "postgresql://a%40b:x:y@h/d,                    jdbc:postgresql://h/d,          a@b, x:y",
  })
  void readsWhatPeopleHave(String text, String jdbc, String user, String password) {
    DatabaseUrl url = DatabaseUrl.parse(text, ENVIRONMENT);
    assertThat(url.jdbc()).isEqualTo(jdbc);
    assertThat(url.user()).isEqualTo(user);
    assertThat(url.password()).isEqualTo(password);
  }

  @Test
  void showsNeitherLoginNorParameters() {
    String shown =
        DatabaseUrl.parse("postgresql://u:hush@h:5/d?password=hush2&ssl=true", Map.of()).toString();
    assertThat(shown).isEqualTo("postgresql://h:5/d");
  }
}
