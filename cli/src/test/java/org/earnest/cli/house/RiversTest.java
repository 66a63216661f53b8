package org.earnest.cli.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions and folds are pure; libraries can be embedded; money has one way out. */
class RiversTest {
  private static final String[] IO = {
    "java.io..",
    "java.net..",
    "java.nio.file..",
    "java.nio.channels..",
    "java.sql..",
    "javax.sql..",
    "io.javalin..",
    "org.jdbi..",
    "org.flywaydb..",
    "org.web3j.protocol..",
    "org.slf4j..",
    House.packages("kit")
  };

  @Test
  void decisionsAndFoldsImportNoOutsideWorld() {
    noClasses()
        .that()
        .resideInAnyPackage("org.earnest..decide..", "org.earnest..fold..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(IO)
        .allowEmptyShould(false)
        .check(House.classes());
  }

  @Test
  void decisionsAndFoldsDoNotAskTheClock() {
    noClasses()
        .that()
        .resideInAnyPackage("org.earnest..decide..", "org.earnest..fold..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .allowEmptyShould(false)
        .check(House.classes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"did", "credentials", "payments"})
  void librariesDoNotKnowTheKit(String room) {
    noClasses()
        .that()
        .resideInAPackage(House.packages(room))
        .and()
        .resideOutsideOfPackages(
            "org.earnest." + room + ".edge..", "org.earnest." + room + ".store..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(House.packages("kit"))
        .allowEmptyShould(false)
        .check(House.classes());
  }
}
