package org.earnest.cli.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rooms of the house, and what each may import. */
final class House {
  static final Set<String> SERVICES =
      Set.of("did", "credentials", "payments", "escrow", "reputation");

  /** Room to the rooms below it; a room that is missing here may import all others. */
  static final Map<String, Set<String>> BELOW =
      Map.of(
          "core", Set.of(),
          "bindings", Set.of("core"),
          "kit", Set.of("core", "bindings"),
          "did", Set.of("core", "bindings", "kit"),
          "credentials", Set.of("core", "bindings", "kit"),
          "payments", Set.of("core", "bindings", "kit"),
          "escrow", Set.of("core", "bindings", "kit"),
          "reputation", Set.of("core", "bindings", "kit"),
          "devnet", Set.of("core", "bindings", "kit"),
          "bench",
              Set.of(
                  "core",
                  "bindings",
                  "kit",
                  "did",
                  "credentials",
                  "payments",
                  "escrow",
                  "reputation",
                  "devnet"));

  static final List<String> ROOMS =
      List.of(
          "core",
          "bindings",
          "kit",
          "did",
          "credentials",
          "payments",
          "escrow",
          "reputation",
          "devnet",
          "bench",
          "cli");

  private House() {}

  /** All production classes. */
  static JavaClasses classes() {
    return Holder.CLASSES;
  }

  /** False for what is made for tests alone. */
  static boolean isRoom(JavaClass type) {
    return ROOMS.stream()
        .anyMatch(room -> (type.getPackageName() + ".").startsWith("org.earnest." + room + "."));
  }

  static String packages(String room) {
    return "org.earnest." + room + "..";
  }

  /** Reading every class takes a while, so it is done once. */
  private static final class Holder {
    private static final JavaClasses CLASSES =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.earnest");
  }
}
