package org.earnest.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The benchmarks, small: that they count right, and not how fast anything is. */
class BenchCommandIT {
  private static final List<String> SMALL =
      List.of("--count", "6", "--concurrency", "1,3", "--rounds", "1", "--warm-up", "2", "--json");

  @TempDir Path folder;
  private DevHome home;

  @BeforeEach
  void makeHome() throws IOException {
    home = DevHome.in(folder);
  }

  @AfterEach
  void takeApart() throws IOException {
    home.close();
  }

  @Test
  void everySubmissionIsMinedOnce() throws Exception {
    JsonNode figures = run("submissions", "--block-time", "automine,1");
    assertThat(figures.path("scores").valueStream())
        .hasSize(12)
        .filteredOn(score -> score.path("contender").stringValue().equals("engine"))
        .hasSize(4)
        .allSatisfy(BenchCommandIT::isClean)
        .allSatisfy(
            score ->
                assertThat(score.path("calls").propertyNames())
                    .contains("sign", "journal to signed")
                    .anySatisfy(asked -> assertThat(asked).contains("eth_call")));
  }

  @Test
  void everyPaymentIsSettledOnce() throws Exception {
    JsonNode figures = run("x402", "--block-time", "automine", "--no-peers");
    assertThat(figures.path("scores").valueStream()).hasSize(2).allSatisfy(BenchCommandIT::isClean);
    assertThat(figures.path("identical").valueStream())
        .singleElement()
        .satisfies(
            score -> {
              assertThat(score.path("succeeded").intValue()).isEqualTo(10);
              assertThat(score.path("mined").intValue()).isEqualTo(1);
              assertThat(score.path("transactions").intValue()).isEqualTo(1);
            });
    everyCallOnAChannelIsServedOnce(figures.path("channel"));
  }

  private static void everyCallOnAChannelIsServedOnce(JsonNode channel) {
    assertThat(channel.path("ok").booleanValue()).as(channel.toString()).isTrue();
    assertThat(channel.path("calls").valueStream())
        .extracting(
            each -> each.path("atOnce").intValue(),
            each -> each.path("asked").intValue(),
            each -> each.path("served").intValue(),
            each -> each.path("handlerRuns").intValue(),
            each -> each.path("sold").intValue(),
            each -> each.path("transactions").intValue())
        .containsExactly(tuple(1, 6, 6, 6, 6, 0), tuple(3, 6, 6, 6, 6, 0));
    assertThat(channel.path("claims").valueStream())
        .singleElement()
        .satisfies(
            claim -> {
              // one that opened the channel, eight that warmed up
              assertThat(claim.path("paid").intValue()).isEqualTo(1 + 8 + 6 + 6);
              assertThat(claim.path("gas").valueStream())
                  .hasSize(2)
                  .allSatisfy(gas -> assertThat(gas.longValue()).isPositive());
            });
  }

  @Test
  void everyVerbAndWholeDealsAreMeasuredBesideTargetsAndPeers() throws Exception {
    JsonNode figures = run(List.of("bench", "gas", "--json"));
    assertThat(figures.path("operations").valueStream())
        .allSatisfy(each -> assertThat(each.path("gas").longValue()).isPositive())
        .allSatisfy(
            each ->
                assertThat(each.path("missed").booleanValue())
                    .isEqualTo(
                        each.has("target")
                            && each.path("gas").longValue() > each.path("target").longValue()))
        .extracting(each -> each.path("operation").stringValue())
        .contains("deliver", "join, agent bound", "panel: vote", "five legs with records, steady");
    assertThat(figures.path("operations").valueStream())
        .flatMap(each -> each.path("peers").valueStream().toList())
        .extracting(peer -> peer.path("basis").stringValue())
        .contains("measured", "published");
  }

  @Test
  void everyKindOfKeyIsResolved() throws Exception {
    JsonNode figures =
        run(
            List.of(
                "bench",
                "did",
                "--no-peers",
                "--rounds",
                "1",
                "--round",
                "20",
                "--warm-up",
                "20",
                "--json"));
    assertThat(figures.path("questions").valueStream())
        .allSatisfy(each -> assertThat(each.path("bytes").doubleValue()).isPositive())
        .extracting(each -> each.path("question").stringValue())
        .contains("did:key remembered", "did:key ED25519", "did:key P384", "did:web remembered");
  }

  private JsonNode run(String what, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bench", what));
    command.addAll(List.of(arguments));
    command.addAll(SMALL);
    return run(command);
  }

  private JsonNode run(List<String> command) throws Exception {
    try (EarnestProcess bench = EarnestProcess.start(home, Map.of(), command)) {
      JsonNode figures = bench.json();
      assertThat(bench.awaitEnd()).as(figures + bench.err()).isZero();
      assertThat(figures.path("ok").booleanValue()).as(figures + bench.err()).isTrue();
      return figures;
    } finally {
      assertThat(home.leftovers()).isEmpty();
    }
  }

  private static void isClean(JsonNode score) {
    int asked = score.path("asked").intValue();
    assertThat(asked).isPositive();
    assertThat(score.path("succeeded").intValue()).isEqualTo(asked);
    assertThat(score.path("mined").intValue()).isEqualTo(asked);
    assertThat(score.path("transactions").intValue()).isEqualTo(asked);
  }
}
