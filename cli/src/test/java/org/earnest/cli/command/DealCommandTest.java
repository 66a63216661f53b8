package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.earnest.cli.deal.SampleDeal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is refused before anything starts. */
class DealCommandTest {
  @TempDir Path folder;

  private static JsonNode refused(Path file, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        EarnestCommand.run(
            Stream.concat(
                    Stream.of("deal", "simulate", file.toString(), "--json"), Stream.of(options))
                .toArray(String[]::new),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(exit).isEqualTo(ExitCode.NOT_OK);
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("test keys");
    return JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aFileThatIsNotThere() {
    assertThat(refused(folder.resolve("none.json")).path("code").stringValue())
        .isEqualTo("terms_missing");
  }

  @Test
  void decimalsThatNoTokenHas() {
    Path file = SampleDeal.read().writeTo(folder);
    assertThat(refused(file, "--decimals", "-1").path("code").stringValue())
        .isEqualTo("decimals_invalid");
    assertThat(refused(file, "--decimals", "39").path("code").stringValue())
        .isEqualTo("decimals_invalid");
  }

  @Test
  void aMemberThatTermsDoNotHave() {
    SampleDeal deal = SampleDeal.read();
    deal.leg().put("deadline", 1);
    JsonNode refused = refused(deal.writeTo(folder));
    assertThat(refused.path("code").stringValue()).isEqualTo("terms_unknown_member");
    assertThat(refused.path("error").stringValue()).contains("legs[0]", "deadline");
  }

  @Test
  void aRuleOfTheContractsByItsName() {
    SampleDeal deal = SampleDeal.read().at(Instant.now().getEpochSecond());
    deal.leg().put("penaltyMax", "1000000001");
    JsonNode refused = refused(deal.writeTo(folder));
    assertThat(refused.path("ok").booleanValue()).isFalse();
    assertThat(refused.path("code").stringValue()).isEqualTo("terms_refused");
    assertThat(refused.path("error").stringValue()).startsWith("PenaltyAboveAmount: Leg 0");
    assertThat(refused.path("fix").stringValue()).contains("penaltyMax");
  }
}
