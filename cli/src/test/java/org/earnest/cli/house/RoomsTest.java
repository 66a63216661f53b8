package org.earnest.cli.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may import whom. ArchUnit fails a rule that saw no class, and the first test counts. */
class RoomsTest {
  private static final int FEWEST_CLASSES_OF_A_ROOM = 3;

  static List<String> rooms() {
    return House.ROOMS;
  }

  static Set<String> roomsWithLimits() {
    return House.BELOW.keySet();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void everyRoomIsSeen(String room) {
    long seen =
        House.classes().stream()
            .filter(type -> type.getPackageName().startsWith("org.earnest." + room))
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .count();
    assertThat(seen).isGreaterThanOrEqualTo(FEWEST_CLASSES_OF_A_ROOM);
  }

  @ParameterizedTest
  @MethodSource("roomsWithLimits")
  void aRoomImportsOnlyRoomsBelow(String room) {
    String[] forbidden =
        House.ROOMS.stream()
            .filter(other -> !other.equals(room))
            .filter(other -> !House.BELOW.getOrDefault(room, Set.of()).contains(other))
            .map(House::packages)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(House.packages(room))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(false)
        .check(House.classes());
  }

  @Test
  void onlyTheProgramImportsServices() {
    String[] services = House.SERVICES.stream().map(House::packages).toArray(String[]::new);
    String[] others =
        Stream.of("core", "bindings", "kit", "devnet").map(House::packages).toArray(String[]::new);
    noClasses()
        .that()
        .resideInAnyPackage(others)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(services)
        .allowEmptyShould(false)
        .check(House.classes());
  }

  @Test
  void theCoreImportsNothingButJava() {
    classes()
        .that()
        .resideInAPackage(House.packages("core"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify.annotations..", House.packages("core"))
        .allowEmptyShould(false)
        .check(House.classes());
  }

  /** Constructors wire, in one place; generated wrappers are what web3j makes of them. */
  @Test
  void nothingIsWiredByReflectionOrAFramework() {
    noClasses()
        .that()
        .resideInAPackage("org.earnest..")
        .and()
        .resideOutsideOfPackage("org.earnest.bindings.contract..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.lang.reflect..", "javax.inject..", "jakarta.inject..", "org.springframework..")
        .allowEmptyShould(false)
        .check(House.classes());
  }

  /** Rooms that are one folder have nothing to go round in. */
  static List<String> roomsWithFolders() {
    return House.ROOMS.stream().filter(room -> !room.equals("devnet")).toList();
  }

  @ParameterizedTest
  @MethodSource("roomsWithFolders")
  void theFoldersOfARoomFormNoCycle(String room) {
    slices()
        .matching("org.earnest." + room + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(false)
        .check(House.classes());
  }
}
