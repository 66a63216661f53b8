package org.earnest.cli.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.earnest.cli.house.ProjectFolder;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.process.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TermsCheckTest {
  private static final long NOW = 1_800_000_000;
  private static final EvmAddress ESCROW = new EvmAddress("0x" + "e5".repeat(20));
  private static final String NOBODY = "0x" + "00".repeat(20);

  /** A rule's name as the rules write it. */
  private static final Pattern RULE = Pattern.compile("\"([A-Z][a-z]+(?:[A-Z][a-z]+)+)\"");

  @TempDir Path folder;

  private void check(SampleDeal deal) {
    TermsCheck.require(TermsFile.read(deal.writeTo(folder)), ESCROW, NOW);
  }

  @Test
  void takesTheSample() {
    assertThatCode(() -> check(SampleDeal.read().at(NOW))).doesNotThrowAnyException();
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        rule("OpenDeadlinePassed", deal -> deal.head().put("openBy", NOW - 1)),
        rule("ForbiddenParty", deal -> deal.leg().put("payee", ESCROW.hex())),
        rule("RulingTimeMismatch", deal -> deal.head().put("rulingTime", 0)),
        rule("RulingTimeAboveMax", deal -> deal.head().put("rulingTime", 31_536_001)),
        rule("CallWindowAboveMax", deal -> deal.leg().put("callWindow", 15_552_001)),
        rule("StandbyTimeAboveMax", deal -> deal.leg().put("standbyTime", 31_536_001)),
        rule("FeeAboveMax", deal -> deal.head().put("feeBps", 1_001)),
        rule("ZeroAmount", deal -> deal.leg().put("amount", 0)),
        rule("PenaltyAboveBond", deal -> deal.leg().put("bond", 1)),
        rule("StandbyMissing", deal -> deal.leg().put("standby", NOBODY)),
        rule("DueOutsideWindow", deal -> deal.leg().put("due", NOW)));
  }

  private static Arguments rule(String name, Consumer<SampleDeal> breach) {
    return Arguments.of(name, breach);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void namesTheRuleAndWhatToDo(String name, Consumer<SampleDeal> breach) {
    SampleDeal deal = SampleDeal.read().at(NOW);
    breach.accept(deal);
    StartupException refusal = catchThrowableOfType(StartupException.class, () -> check(deal));
    assertThat(refusal.code()).isEqualTo("terms_refused");
    assertThat(refusal).hasMessageStartingWith(name + ": ");
    assertThat(refusal.remedy()).isEqualTo(TermsCheck.REMEDIES.get(name));
  }

  @Test
  void hasARemedyForEveryRuleThatThereIs() throws IOException {
    Path rules = ProjectFolder.path().resolve("core/src/main/java/org/earnest/core/deal");
    Set<String> names = new TreeSet<>();
    for (String file : Set.of("HeadRules.java", "LegRules.java")) {
      Matcher found = RULE.matcher(Files.readString(rules.resolve(file)));
      while (found.find()) {
        names.add(found.group(1));
      }
    }
    assertThat(TermsCheck.REMEDIES.keySet()).containsExactlyInAnyOrderElementsOf(names);
  }
}
