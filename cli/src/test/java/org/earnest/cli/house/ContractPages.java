package org.earnest.cli.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pages about the contracts' verbs, and what they speak of. */
final class ContractPages {
  static final String INDEX = "README.md";

  private static final Path DOCS = ProjectFolder.path().resolve("docs/contracts");
  private static final Path CONTRACTS = ProjectFolder.path().resolve("contracts");
  private static final String TEST_BODY =
      "\n    function (test\\w*)\\((.*?)(?=\n    function |\\z)";

  private ContractPages() {}

  /** Text by file name; the page about what threatens them is of another kind. */
  static Map<String, String> pages() {
    return files(DOCS, ".md").stream()
        .filter(file -> !file.endsWith("threat-model.md"))
        .collect(
            Collectors.toMap(
                file -> file.getFileName().toString(),
                ContractPages::text,
                (one, other) -> one,
                TreeMap::new));
  }

  static Path folder() {
    return DOCS;
  }

  /** All sources of the contracts. */
  static String sources() {
    return files(CONTRACTS.resolve("src"), ".sol").stream()
        .map(ContractPages::text)
        .collect(Collectors.joining("\n"));
  }

  static String source(String path) {
    return text(CONTRACTS.resolve("src").resolve(path));
  }

  /** Every test function of the contracts with what is in it. */
  static Map<String, String> tests() {
    Map<String, String> tests = new LinkedHashMap<>();
    Pattern body = Pattern.compile(TEST_BODY, Pattern.DOTALL);
    files(CONTRACTS.resolve("test"), ".t.sol")
        .forEach(
            file ->
                matches(body, text(file)).forEach(test -> tests.put(test.group(1), test.group(2))));
    return tests;
  }

  /** Every Java class's text by its simple name. */
  static Map<String, String> classes() {
    Map<String, String> classes = new LinkedHashMap<>();
    try (Stream<Path> modules = Files.list(ProjectFolder.path())) {
      modules
          .map(module -> module.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(module -> files(module, ".java").stream())
          .forEach(
              file -> classes.put(file.getFileName().toString().replace(".java", ""), text(file)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return classes;
  }

  static String snapshots() {
    return text(CONTRACTS.resolve("snapshots/DealEscrow.json"));
  }

  static List<MatchResult> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  private static List<Path> files(Path folder, String suffix) {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
