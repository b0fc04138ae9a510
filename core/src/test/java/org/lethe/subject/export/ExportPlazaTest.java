package org.lethe.subject.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lethe.subject.Person;
import org.lethe.testkit.Plaza;
import org.lethe.testkit.Samples;

/** A customer of the sample database is handed what is theirs. */
class ExportPlazaTest {

  private static final ExportScene PLAZA =
      new ExportScene(Samples.plaza(), Plaza.policyYaml().replace(", erase: null }", " }"));

  @Test
  void look() throws Exception {
    Person person = PLAZA.person("customer", "customer_id=1");
    byte[] zip = PLAZA.export(ExportOptions.USUAL, List.of(), person);
    Files.write(Path.of("/tmp/w/plaza1.zip"), zip);
    Map<String, String> files = ExportScene.unzipped(zip);
    System.out.println(files.keySet());
    System.out.println(ExportScene.file(files, "manifest.json"));
    assertThat(files).containsKey("index.html");
  }
}
