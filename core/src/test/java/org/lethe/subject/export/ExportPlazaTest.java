package org.lethe.subject.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lethe.testkit.Plaza;
import org.lethe.testkit.Samples;
import org.springframework.jdbc.core.JdbcTemplate;

/** A customer of the sample database is handed what is theirs, and nobody else's address. */
class ExportPlazaTest {

  private static final ExportScene PLAZA = new ExportScene(Samples.plaza(), Plaza.policyYaml());

  @Test
  void nobodyElsesAddressOrSecretIsInIt() {
    Map<String, String> files = PLAZA.files(PLAZA.person("customer", "customer_id=1"));
    assertThat(files).containsKeys("index.html", "csv/customer.csv", "csv/message.csv");
    String all = String.join("\n", files.values());
    JdbcTemplate jdbc = new JdbcTemplate(PLAZA.database);
    String own =
        jdbc.queryForObject(
            "select lower(email) from customer where customer_id = 1", String.class);
    assertThat(all.toLowerCase(Locale.ROOT)).contains(String.valueOf(own));
    assertThat(
            jdbc
                .queryForList(
                    """
                    select email from account where lower(email) <> ?
                    union select email from customer where lower(email) <> ?
                    union select password_hash from account where length(password_hash) > 8
                    union select encode(token_hash, 'hex') from api_token
                    """,
                    String.class,
                    own,
                    own)
                .stream()
                .filter(all::contains)
                .toList())
        .isEmpty();
  }
}
