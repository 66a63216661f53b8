package org.earnest.cli.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.cli.house.ContractPages.matches;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the pages about the contracts' verbs name is there, and is what they say. */
final class ContractPagesTest {
  /** How tests write a refusal that many expect. */
  private static final Map<String, String> SHORT =
      Map.of(
          "WrongState", "wrongState(",
          "DeadlinePassed", "tooLate(",
          "NotLapsed", "tooEarly(",
          "Undecided", "undecided(",
          "InvalidSignature", "invalid(",
          "CallerIsNotParty", "notParty(");

  private static final List<String> INTERFACES =
      List.of("deal/IDealEscrow.sol", "deal/IArbitrableDeals.sol", "arbiter/IPanelArbiter.sol");

  private static final Pattern VERB =
      Pattern.compile("function (\\w+)\\([^)]*\\)\\s+external(?!\\s+(?:view|pure))");
  private static final Pattern ERROR = Pattern.compile("error (\\w+)\\(([^)]*)\\);");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)\\(([^`]*)\\)` \\| [^|]+ \\| ([^|]+) \\|$");
  private static final Pattern TEST = Pattern.compile("`(test\\w*)`");
  private static final Pattern MEMBER = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");
  private static final Pattern SIGNED =
      Pattern.compile("`([A-Z]\\w+\\((?:bytes32|address|Head) [^`]*\\))`");
  private static final Pattern GAS = Pattern.compile("([\\d,]+) \\(`([^`]+)`\\)");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)[^)]*\\)");

  private final Map<String, String> pages = ContractPages.pages();

  @Test
  void everyVerbHasItsPageAndTheIndexNamesIt() {
    Set<String> verbs = new TreeSet<>();
    INTERFACES.forEach(
        file ->
            matches(VERB, ContractPages.source(file)).forEach(verb -> verbs.add(verb.group(1))));
    assertThat(verbs).contains("open", "rule", "withdraw", "vote").hasSizeGreaterThan(15);
    Set<String> about =
        pages.keySet().stream()
            .filter(page -> !page.equals(ContractPages.INDEX))
            .map(page -> page.replace(".md", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(about).isEqualTo(verbs);
    assertThat(index()).contains(verbs.stream().map(verb -> "](" + verb + ".md)").toList());
  }

  @Test
  void everyRefusalIsDeclaredSoAndTestedWhereItSays() {
    Map<String, String> declared =
        errors().stream()
            .collect(Collectors.toMap(error -> error.group(1), error -> onOneLine(error.group(2))));
    Map<String, String> tests = ContractPages.tests();
    pages.forEach(
        (page, text) -> {
          List<MatchResult> rows = matches(ROW, text);
          assertThat(rows).as("%s: refusals", page).isNotEmpty();
          for (MatchResult row : rows) {
            String error = row.group(1);
            assertThat(declared).as("%s: %s", page, error).containsEntry(error, row.group(2));
            List<MatchResult> named = matches(TEST, row.group(3));
            assertThat(named).as("%s: tests of %s", page, error).isNotEmpty();
            named.forEach(
                test ->
                    assertThat(expects(tests.getOrDefault(test.group(1), ""), error))
                        .as("%s: %s expects %s", page, test.group(1), error)
                        .isTrue());
          }
        });
  }

  @Test
  void noRefusalIsLeftOut() {
    String all = String.join("\n", pages.values());
    errors().forEach(error -> assertThat(all).contains("`" + error.group(1)));
  }

  @Test
  void everyTestAndEveryCallIsThere() {
    Map<String, String> tests = ContractPages.tests();
    Map<String, String> classes = ContractPages.classes();
    pages.forEach(
        (page, text) -> {
          matches(TEST, text)
              .forEach(test -> assertThat(tests).as(page).containsKey(test.group(1)));
          matches(MEMBER, text)
              .forEach(
                  member ->
                      assertThat(classes.getOrDefault(member.group(1), ""))
                          .as("%s: %s", page, member.group())
                          .contains(" " + member.group(2) + "("));
        });
    assertThat(pages)
        .allSatisfy(
            (page, text) ->
                assertThat(page.equals(ContractPages.INDEX) || matches(MEMBER, text).size() > 1)
                    .as("%s: its call and its test in Java", page)
                    .isTrue());
  }

  @Test
  void whatIsSignedIsWhatTheContractHashes() {
    String sources = ContractPages.sources();
    pages.forEach(
        (page, text) ->
            matches(SIGNED, text).stream()
                .map(signed -> signed.group(1))
                .filter(signed -> !signed.contains(", "))
                .forEach(signed -> assertThat(sources).as(page).contains(signed)));
  }

  @Test
  void gasIsWhatTheSnapshotsSay() {
    String snapshots = ContractPages.snapshots();
    List<MatchResult> figures = matches(GAS, String.join("\n", pages.values()));
    assertThat(figures).hasSizeGreaterThan(20);
    figures.forEach(
        figure ->
            assertThat(snapshots)
                .contains(
                    "\"%s\": \"%s\"".formatted(figure.group(2), figure.group(1).replace(",", ""))));
  }

  @Test
  void linksLeadSomewhere() {
    pages.forEach(
        (page, text) ->
            matches(LINK, text).stream()
                .map(link -> link.group(1))
                .map(link -> ContractPages.folder().resolve(link))
                .forEach(target -> assertThat(isFile(target)).as("%s: %s", page, target).isTrue()));
  }

  private static List<MatchResult> errors() {
    return Stream.of("deal/IDealErrors.sol", "arbiter/IPanelArbiter.sol")
        .flatMap(file -> matches(ERROR, ContractPages.source(file)).stream())
        .toList();
  }

  private String index() {
    return pages.getOrDefault(ContractPages.INDEX, "");
  }

  /** Members as the pages write them, also where the formatter broke the line. */
  private static String onOneLine(String members) {
    return members.strip().replaceAll("\\s+", " ");
  }

  private static boolean expects(String test, String error) {
    return test.contains(error) || test.contains(SHORT.getOrDefault(error, error));
  }

  private static boolean isFile(Path target) {
    return Files.isRegularFile(target.normalize());
  }
}
