package org.lethe.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What only certain classes of the command line may do. That they do it shows that the rule notices
 * it, and that nobody is excused for nothing.
 */
class CliHouseTest {

  private static final JavaClasses CLI =
      new ClassFileImporter()
          .importUrl(LetheCommand.class.getProtectionDomain().getCodeSource().getLocation());

  /**
   * @param only simple names, as a regular expression
   */
  record Privilege(String only, String act, ArchCondition<JavaClass> condition) {

    ArchRule deniedTo(DescribedPredicate<HasName> others) {
      return noClasses().that(others).should(condition).as("only " + only + " may " + act);
    }

    DescribedPredicate<HasName> holders() {
      return nameMatching("org\\.lethe\\.cli\\.(" + only + ")(\\$.*)?");
    }

    @Override
    public String toString() {
      return "only " + only + " may " + act;
    }
  }

  static Stream<Privilege> privileges() {
    return Stream.of(
        new Privilege(
            "DemoCommand|DemoServer",
            "know the testkit: everything else works on the user's own database",
            dependOnClassesThat(resideInAnyPackage("org.lethe.testkit.."))),
        new Privilege(
            "Database|DatabaseUrl|DatabaseFailure",
            "know the driver",
            dependOnClassesThat(resideInAnyPackage("org.postgresql.."))),
        new Privilege(
            "Terminal",
            "touch the streams of the process",
            dependOnClassesThat(nameMatching("java\\.io\\.(FileDescriptor|Console)"))
                .or(accessField(System.class, "in"))
                .or(accessField(System.class, "out"))
                .or(accessField(System.class, "err"))),
        new Privilege(
            "LetheCommand", "end the process", callMethod(System.class, "exit", int.class)),
        new Privilege("LetheCommand", "read the environment", callMethod(System.class, "getenv")));
  }

  @ParameterizedTest
  @MethodSource("privileges")
  void isHeldByThoseAlone(Privilege privilege) {
    privilege.deniedTo(not(privilege.holders())).check(CLI);
    assertThat(privilege.deniedTo(privilege.holders()).evaluate(CLI).hasViolation()).isTrue();
  }
}
