package org.lethe;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of the house: which package may know which, and who may touch the world outside. Each
 * stands beside code that breaks it, so that a rule which cannot fail does not go unnoticed.
 */
class HouseTest {

  /**
   * Data flows schema → policy → collect → plan → execute; checklist and diagram are callers, and
   * only the facade, org.lethe itself, knows all of the line.
   */
  private static final Map<String, List<String>> KNOWS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("error", List.of()),
              Map.entry("csv", List.of()),
              Map.entry("hash", List.of()),
              Map.entry("schema", List.of("error", "hash")),
              Map.entry("dialect", List.of("error", "schema")),
              Map.entry("schema.reader", List.of("error", "schema", "dialect")),
              Map.entry("policy", List.of("error", "hash", "schema")),
              Map.entry("collect", List.of("error", "schema", "dialect", "policy")),
              Map.entry("plan", List.of("error", "hash", "schema", "policy", "collect")),
              Map.entry(
                  "execute", List.of("error", "schema", "dialect", "policy", "collect", "plan")),
              Map.entry("audit", List.of("error", "hash")),
              Map.entry(
                  "trash",
                  List.of(
                      "audit", "error", "schema", "dialect", "policy", "collect", "plan",
                      "execute")),
              Map.entry(
                  "retention",
                  List.of(
                      "audit",
                      "error",
                      "schema",
                      "dialect",
                      "policy",
                      "collect",
                      "execute",
                      "store",
                      "subject",
                      "subject.request",
                      "trash")),
              Map.entry(
                  "schedule",
                  List.of("error", "policy", "execute", "retention", "subject.request", "trash")),
              Map.entry("store", List.of("error", "policy")),
              Map.entry(
                  "subject",
                  List.of(
                      "audit",
                      "collect",
                      "dialect",
                      "error",
                      "execute",
                      "hash",
                      "personal",
                      "plan",
                      "policy",
                      "schema",
                      "store",
                      "trash")),
              Map.entry(
                  "subject.erase",
                  List.of(
                      "collect",
                      "dialect",
                      "error",
                      "execute",
                      "personal",
                      "plan",
                      "policy",
                      "schema",
                      "subject")),
              Map.entry(
                  "subject.request",
                  List.of(
                      "audit",
                      "collect",
                      "dialect",
                      "error",
                      "execute",
                      "policy",
                      "schema",
                      "store",
                      "subject",
                      "subject.erase",
                      "subject.export",
                      "trash")),
              Map.entry(
                  "subject.export",
                  List.of(
                      "collect",
                      "csv",
                      "dialect",
                      "error",
                      "execute",
                      "hash",
                      "personal",
                      "policy",
                      "schema",
                      "store",
                      "subject")),
              Map.entry("personal", List.of("schema")),
              Map.entry(
                  "checklist",
                  List.of("error", "hash", "schema", "dialect", "personal", "policy", "store")),
              Map.entry("checklist.report", List.of("checklist")),
              Map.entry("diagram", List.of("error", "schema", "policy"))));

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .importUrl(Lethe.class.getProtectionDomain().getCodeSource().getLocation());

  /** All the breaches and nothing else. */
  @SuppressWarnings("NullAway.Init")
  private static JavaClasses broken;

  /**
   * A rule, and a class that breaks it.
   *
   * @param className of that class, package and all
   * @param member of that class
   */
  record Breach(ArchRule rule, String className, String member) {

    void write(Path sources) throws IOException {
      int dot = className.lastIndexOf('.');
      Path file = sources.resolve(className.replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          "package %s; public class %s { %s }"
              .formatted(className.substring(0, dot), className.substring(dot + 1), member));
    }

    @Override
    public String toString() {
      return rule.getDescription() + ", unlike " + className + " with " + member;
    }
  }

  static List<Breach> breaches() {
    List<Breach> breaches = new ArrayList<>();
    breaches.add(new Breach(NO_SERVER, "org.lethe.server.Page", "org.lethe.server.Page next;"));
    for (String pure : List.of("schema", "policy", "plan")) {
      for (String world :
          List.of(
              "java.sql.Connection",
              "javax.sql.DataSource",
              "java.io.FileInputStream",
              "java.nio.file.Path",
              "java.net.Socket",
              "org.springframework.jdbc.core.JdbcOperations")) {
        String name = "Reads" + world.substring(world.lastIndexOf('.') + 1);
        breaches.add(new Breach(doesNoIo(pure), in(pure, name), world + " world;"));
      }
    }
    KNOWS.forEach(
        (name, known) -> {
          ArchRule rule = knowsOnly(name, known);
          breaches.add(new Breach(rule, in(name, "KnowsAll"), "org.lethe.Lethe facade;"));
          breaches.add(new Breach(rule, in(name, "KnowsPage"), "org.lethe.server.Page page;"));
        });
    breaches.add(
        new Breach(
            OF_SPRING_ONLY_JDBC,
            in("collect", "Bean"),
            "org.springframework.beans.factory.BeanFactory beans;"));
    breaches.add(
        new Breach(
            ENGINES_HAVE_ONE_PLACE, in("execute", "Driver"), "org.postgresql.PGConnection c;"));
    breaches.add(new Breach(ENGINES_HAVE_ONE_PLACE, in("execute", "PostgreSqlSteps"), ""));
    breaches.add(new Breach(NO_CYCLES, in("error", "There"), "org.lethe.collect.Back back;"));
    breaches.add(new Breach(NO_CYCLES, in("collect", "Back"), "org.lethe.error.There there;"));
    return breaches;
  }

  private static final ArchRule OF_SPRING_ONLY_JDBC =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.springframework..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "org.springframework.jdbc..",
                              "org.springframework.dao..",
                              "org.springframework.transaction.."))))
          .as("core knows of Spring JDBC and transactions, no container and no web");

  private static final ArchRule NO_SERVER =
      noClasses()
          .should()
          .dependOnClassesThat(resideInAPackage("org.lethe.server.."))
          .as("nobody knows the server");

  private static final ArchRule ENGINES_HAVE_ONE_PLACE =
      noClasses()
          .that(not(resideInAnyPackage("org.lethe.dialect", "org.lethe.schema.reader")))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.postgresql..", "org.mariadb..", "com.mysql.."))
          .orShould()
          .haveNameMatching(".*\\.[^.]*(Postgre|MariaDb|MySql)[^.]*")
          .as("engines are told apart in dialect and schema.reader alone");

  private static final ArchRule NO_CYCLES =
      slices().matching("org.lethe.(**)").should().beFreeOfCycles();

  private static ArchRule doesNoIo(String name) {
    return noClasses()
        .that(resideInAPackage(in("", name)))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.sql..",
                    "javax.sql..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.net..",
                    "org.springframework..")
                .or(nameMatching("java\\.io\\.(File.*|RandomAccessFile|Console)")))
        .as(name + " does no I/O");
  }

  private static ArchRule knowsOnly(String name, List<String> known) {
    String[] allowed =
        Stream.concat(Stream.of(name), known.stream()).map(p -> in("", p)).toArray(String[]::new);
    return noClasses()
        .that(resideInAPackage(in("", name)))
        .should()
        .dependOnClassesThat(resideInAPackage("org.lethe..").and(not(resideInAnyPackage(allowed))))
        .as(name + " knows only " + Arrays.toString(allowed));
  }

  private static String in(String packageName, String name) {
    return Stream.of("org.lethe", packageName, name)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("."));
  }

  @BeforeAll
  static void compileTheBreaches(@TempDir Path sources) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-cp", classPath()));
    for (Breach breach : breaches()) {
      breach.write(sources);
    }
    try (Stream<Path> files = Files.walk(sources)) {
      files.filter(Files::isRegularFile).map(Path::toString).forEach(arguments::add);
    }
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(failed).as("exit code of the compiler").isZero();
    broken = new ClassFileImporter().importPath(sources);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void theRuleHoldsAndNoticesItsBreach(Breach breach) {
    breach.rule().check(HOUSE);
    assertThat(breach.rule().evaluate(broken).getFailureReport().getDetails())
        .anyMatch(detail -> detail.contains(breach.className()));
  }

  @Test
  void everyPackageHasItsPlaceInTheLine() {
    assertThat(HOUSE.stream().map(JavaClass::getPackageName).filter(p -> !p.equals("org.lethe")))
        .as("a new package says in KNOWS what it may know")
        .isSubsetOf(KNOWS.keySet().stream().map(p -> in("", p)).toList());
  }
}
