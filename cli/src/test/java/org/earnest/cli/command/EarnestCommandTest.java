package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EarnestCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return EarnestCommand.run(args, stream(out), stream(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void jsonIsOneObjectOnStandardOutput() {
    assertThat(run("version", "--json")).isZero();
    assertThat(json().path("ok").booleanValue()).isTrue();
    assertThat(json().path("jdk").asString()).isEqualTo(Runtime.version().toString());
  }

  @Test
  void proseNeedsNoJson() {
    assertThat(run("version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("earnest ").doesNotContain("{");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "--nonsense",
        "version nonsense",
        "doctor --port x",
        "x402",
        "deal",
        "deal simulate",
        "x402 pay http://a.example",
        "torture --kills 0",
        "crowd --lost 100",
        "tx",
        "tx show",
        "tx cancel 0x12",
        "agent",
        "agent show",
        "agent show seven",
        "agent watch --changes 0",
        "agent watch --interval 0",
        "indexer",
        "indexer --rpc-url http://a.example --identity 0x12 --reputation 0x12",
        "indexer --rpc-url http://a.example --identity 0x8004a169fb4a3325136eb29fa0ceb6d2e539a432",
        "indexer --rpc-url http://a.example --deployment ours",
        "indexer --rpc-url http://a.example --from-block -1",
        "indexer --rpc-url http://a.example --horizon 0"
      })
  void wrongUsageIsTwoAndSaysWhereToLook(String line) {
    assertThat(run(line.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--help");
  }

  @Test
  void wrongUsageIsAnObjectToo() {
    assertThat(run("doctor", "--nonsense", "--json")).isEqualTo(ExitCode.USAGE);
    assertThat(json().path("ok").booleanValue()).isFalse();
    assertThat(json().path("code").asString()).isEqualTo("usage");
  }

  @ParameterizedTest
  @ValueSource(strings = {"agents.example", "https://agents.example/path", "ftp://a.example", "%"})
  void anOriginThatIsNoneIsNamedBeforeAnythingStarts(String origin) {
    assertThat(run("dev", "--allow-origin", origin, "--json")).isNotZero();
    assertThat(json().path("code").asString()).isEqualTo("origin_invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "1e3", "9999999", "SAFE"})
  void aFinalityThatIsNoneIsNamedBeforeAnythingStarts(String finality) {
    assertThat(run("dev", "--finality", finality, "--json")).isNotZero();
    assertThat(json().path("code").asString()).isEqualTo("finality_invalid");
  }

  @Test
  void nothingAtAllShowsTheUsage() {
    assertThat(run()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("doctor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version",
        "doctor",
        "demo",
        "dev",
        "indexer",
        "torture",
        "crowd",
        "x402 pay",
        "x402 check",
        "deal simulate",
        "key new",
        "key show",
        "tx list",
        "tx show",
        "tx retry",
        "tx cancel",
        "agent list",
        "agent show",
        "agent feedback",
        "agent watch"
      })
  void everyCommandHasHelp(String command) {
    assertThat(run((command + " --help").split(" "))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Usage: earnest " + command, "--json");
  }
}
