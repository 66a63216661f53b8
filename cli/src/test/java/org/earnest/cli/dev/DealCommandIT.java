package org.earnest.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.earnest.cli.deal.SampleDeal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Terms on a chain of their own; what the sample comes to was reckoned by hand. */
class DealCommandIT {
  private static final String NOBODY = "0x" + "00".repeat(20);

  @TempDir Path folder;
  private DevHome home;
  private final SampleDeal deal = SampleDeal.read().at(Instant.now().getEpochSecond());

  @BeforeEach
  void makeHome() throws IOException {
    home = DevHome.in(folder);
  }

  @AfterEach
  void takeApart() throws IOException {
    home.close();
  }

  /** In the order client, payee, standby, arbiter, fee receiver. */
  private static final Map<String, List<Long>> BY_HAND =
      Map.ofEntries(
          Map.entry("accepted", List.of(0L, 1_195_000_000L, 120_000_000L, 0L, 5_000_000L)),
          Map.entry("client-silent", List.of(0L, 1_195_000_000L, 120_000_000L, 0L, 5_000_000L)),
          Map.entry("late", List.of(75_000_000L, 1_120_375_000L, 120_000_000L, 0L, 4_625_000L)),
          Map.entry(
              "last-second", List.of(150_000_000L, 1_045_750_000L, 120_000_000L, 0L, 4_250_000L)),
          Map.entry("missing", List.of(1_320_000_000L, 0L, 0L, 0L, 0L)),
          Map.entry("standby", List.of(200_000_000L, 0L, 1_115_000_000L, 0L, 5_000_000L)),
          Map.entry("standby-late", List.of(350_000_000L, 0L, 965_750_000L, 0L, 4_250_000L)),
          Map.entry("standby-missing", List.of(1_320_000_000L, 0L, 0L, 0L, 0L)),
          Map.entry(
              "ruled-for-payee",
              List.of(0L, 1_175_100_000L, 120_000_000L, 20_000_000L, 4_900_000L)),
          Map.entry(
              "ruled-halves",
              List.of(590_000_000L, 587_550_000L, 120_000_000L, 20_000_000L, 2_450_000L)),
          Map.entry(
              "ruled-for-client",
              List.of(980_000_000L, 200_000_000L, 120_000_000L, 20_000_000L, 0L)),
          Map.entry(
              "ruled-for-client-with-bond",
              List.of(1_180_000_000L, 0L, 120_000_000L, 20_000_000L, 0L)),
          Map.entry(
              "ruled-late",
              List.of(75_000_000L, 1_101_967_500L, 120_000_000L, 18_500_000L, 4_532_500L)),
          Map.entry(
              "arbiter-silent", List.of(500_000_000L, 697_500_000L, 120_000_000L, 0L, 2_500_000L)),
          Map.entry(
              "ruled-undelivered",
              List.of(490_000_000L, 687_550_000L, 120_000_000L, 20_000_000L, 2_450_000L)),
          Map.entry(
              "arbiter-silent-undelivered",
              List.of(1_000_000_000L, 200_000_000L, 120_000_000L, 0L, 0L)),
          Map.entry("settled", List.of(500_000_000L, 697_500_000L, 120_000_000L, 0L, 2_500_000L)),
          Map.entry("cancelled", List.of(1_000_000_000L, 200_000_000L, 120_000_000L, 0L, 0L)),
          Map.entry("never-joined", List.of(1_020_000_000L, 0L, 0L, 0L, 0L)));

  @Test
  void theSampleComesToWhatWasReckonedByHand() throws Exception {
    JsonNode figures = simulate();
    assertThat(figures.path("impossible").size()).isZero();
    Map<String, List<Long>> played =
        figures
            .path("paths")
            .valueStream()
            .collect(
                Collectors.toMap(
                    path -> path.path("path").stringValue(), path -> sums(path.path("gets"))));
    assertThat(played).isEqualTo(BY_HAND);
    assertAddsUp(figures);
    assertThat(leg(figures, "late").path("lateSeconds").longValue()).isEqualTo(43_200);
    assertThat(leg(figures, "late").path("penalty").stringValue()).isEqualTo("75000000");
    assertThat(leg(figures, "standby").path("substituted").booleanValue()).isTrue();
    assertThat(leg(figures, "missing").path("bondsToClient").stringValue()).isEqualTo("300000000");
    assertThat(leg(figures, "missing").path("retainerTo").stringValue()).isEqualTo("client");
    assertThat(leg(figures, "never-joined").path("outcome").stringValue()).isEqualTo("withdrawn");
    long due = deal.leg().path("due").longValue();
    assertThat(path(figures, "late").path("ended").longValue()).isEqualTo(due + 43_200);
    assertThat(path(figures, "missing").path("ended").longValue())
        .isEqualTo(due + 86_400 + 43_200 + 1);
  }

  @Test
  void oddSumsOfSeveralLegsInEighteenDecimalsAddUp() throws Exception {
    deal.leg().put("amount", "1000000000000000000001").put("penaltyMax", "33333333333333333333");
    deal.leg().put("bond", "77777777777777777777").put("retainer", "7").put("silenceBps", 65_535);
    deal.head().put("deadlockBps", 3_333).put("feeBps", 77).put("arbiterFeeBps", 333);
    deal.addLeg().put("amount", "999999999999999999999").put("silenceBps", 1_111).put("review", 0);
    JsonNode figures = simulate();
    assertAddsUp(figures);
    assertThat(leg(figures, "ruled-halves").path("takesThePath").booleanValue()).isTrue();
    assertThat(leg(figures, "ruled-halves", 1).path("takesThePath").booleanValue()).isFalse();
    assertThat(leg(figures, "ruled-halves", 1).path("outcome").stringValue()).isEqualTo("accepted");
    assertThat(leg(figures, "client-silent").path("outcome").stringValue()).isEqualTo("lapsed");
  }

  @Test
  void whatTheTermsDoNotHaveIsNamed() throws Exception {
    ObjectNode leg = deal.leg();
    List.of(
            "standby",
            "retainer",
            "standbyBond",
            "callWindow",
            "standbyTime",
            "grace",
            "penaltyMax")
        .forEach(leg::remove);
    deal.head().put("arbiter", NOBODY).put("rulingTime", 0).put("deadlockBps", 0).put("joinBy", 0);
    JsonNode figures = simulate();
    assertAddsUp(figures);
    assertThat(figures.path("paths").valueStream().map(path -> path.path("path").stringValue()))
        .containsExactly("accepted", "client-silent", "missing", "settled", "cancelled");
    assertThat(figures.path("impossible").valueStream())
        .hasSize(14)
        .allSatisfy(path -> assertThat(path.path("because").size()).isPositive());
  }

  private JsonNode simulate() throws Exception {
    String file = deal.writeTo(folder).toString();
    try (EarnestProcess run =
        EarnestProcess.start(home, Map.of(), List.of("deal", "simulate", file, "--json"))) {
      JsonNode figures = run.json();
      assertThat(run.awaitEnd()).as(run.err()).isZero();
      assertThat(run.err()).contains("test keys stand for the parties", "What happens");
      return figures;
    } finally {
      assertThat(home.leftovers()).isEmpty();
    }
  }

  private static void assertAddsUp(JsonNode figures) {
    assertThat(figures.path("ok").booleanValue()).isTrue();
    assertThat(figures.path("paths").valueStream())
        .isNotEmpty()
        .allSatisfy(
            path -> assertThat(total(path.path("gets"))).isEqualTo(total(path.path("putIn"))))
        .allSatisfy(path -> assertThat(total(path.path("gets"))).isPositive());
  }

  private static BigInteger total(JsonNode sums) {
    return sums.valueStream()
        .map(sum -> new BigInteger(sum.stringValue()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static List<Long> sums(JsonNode byParty) {
    return byParty.valueStream().map(sum -> Long.valueOf(sum.stringValue())).toList();
  }

  private static JsonNode leg(JsonNode figures, String path) {
    return leg(figures, path, 0);
  }

  private static JsonNode leg(JsonNode figures, String path, int leg) {
    return path(figures, path).path("legs").path(leg);
  }

  private static JsonNode path(JsonNode figures, String path) {
    return figures
        .path("paths")
        .valueStream()
        .filter(each -> each.path("path").stringValue().equals(path))
        .findFirst()
        .orElseThrow();
  }
}
