package org.earnest.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** A start that fails at each of its steps: a named error with what to do, and nothing left. */
@Execution(ExecutionMode.CONCURRENT)
class DevFailuresIT {
  @TempDir Path folder;
  private DevHome home;

  @BeforeEach
  void makeHome() throws IOException {
    home = DevHome.in(folder);
  }

  @AfterEach
  void leaveHome() throws IOException {
    home.close();
  }

  @Test
  void aStateOrPortInUseIsRefusedAndTheFirstGoesOn() throws Exception {
    try (EarnestProcess first = home.dev()) {
      RunningHouse house = RunningHouse.of(first);
      JsonNode sameState = refusal("state_in_use", Map.of());
      assertThat(sameState.path("error").asString()).contains(home.state().toString());
      assertThat(sameState.path("fix").asString()).contains("--state");
      refusal("state_in_use", Map.of(), "--fresh");

      String port = house.figures().path("url").asString().replaceAll(".*:", "");
      JsonNode samePort = refusal("port_in_use", Map.of(), "--port", port);
      assertThat(samePort.path("error").asString()).contains(port);
      assertThat(samePort.path("fix").asString()).contains("--port");
      house.awaitReady();
      house.register(1);
    }
    assertThat(home.leftovers()).isEmpty();
  }

  /** The port is looked at before anything is started, and again when it is bound. */
  @Test
  void aPortThatIsTakenMeanwhileIsRefused() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (EarnestProcess dev = home.dev("--port", Integer.toString(port))) {
      dev.awaitErr("starting the database");
      try (ServerSocket thief = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(thief.isBound()).isTrue();
        assertThat(dev.json().path("code").asString()).isEqualTo("port_in_use");
        assertThat(dev.awaitEnd()).isEqualTo(1);
      }
    }
    assertThat(home.leftovers()).isEmpty();
  }

  @Test
  void aMissingAnvilIsRefused() throws Exception {
    Map<String, String> nowhere = Map.of("EARNEST_ANVIL", folder.resolve("none").toString());
    assertThat(refusal("anvil_missing", nowhere).path("fix").asString()).contains("EARNEST_ANVIL");
    Files.delete(home.contracts());
    assertThat(refusal("anvil_missing", Map.of()).path("fix").asString()).contains("npm ci");
  }

  @Test
  void anAnvilThatFailsIsQuoted() throws Exception {
    Path broken = program("echo out of luck; exit 3");
    JsonNode refusal = refusal("child_failed", Map.of("EARNEST_ANVIL", broken.toString()));
    assertThat(refusal.path("error").asString()).contains("out of luck");
  }

  /** It listens, and then answers nothing. */
  @Test
  void anAnvilThatDoesNotAnswerIsNamed() throws Exception {
    Path mute = program("echo Listening on 127.0.0.1:1; exec sleep 300");
    refusal("chain_unavailable", Map.of("EARNEST_ANVIL", mute.toString()));
  }

  @Test
  void aDeadRpcIsRefused() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String dead = "http://127.0.0.1:" + port;
    JsonNode refusal = refusal("rpc_unreachable", Map.of(), "--rpc-url", dead);
    assertThat(refusal.path("fix").asString()).contains("node");
    refusal("rpc_url_invalid", Map.of(), "--rpc-url", "ht tp://nowhere");
  }

  @Test
  void aChainThatCannotBeReadIsRefusedAndKept() throws Exception {
    try (EarnestProcess dev = home.dev()) {
      RunningHouse.of(dev);
    }
    Path chain = home.state().resolve("chain");
    Files.writeString(chain.resolve("chain.json"), "{\"half\":");
    Files.writeString(chain.resolve("chain.kept.json"), "{\"half\":");
    JsonNode refusal = refusal("chain_state_unreadable", Map.of());
    assertThat(refusal.path("fix").asString()).contains("--fresh");
    assertThat(chain.resolve("chain.kept.json")).hasContent("{\"half\":");
  }

  @Test
  void aDatabaseOfAnotherVersionIsRefusedAndKept() throws Exception {
    try (EarnestProcess dev = home.dev()) {
      RunningHouse.of(dev);
    }
    Path version = home.state().resolve("postgres/data/PG_VERSION");
    Files.writeString(version, "9.6\n");
    JsonNode refusal = refusal("database_version", Map.of());
    assertThat(refusal.path("fix").asString()).contains("--fresh");
    Files.writeString(version, "18\n");
    try (EarnestProcess dev = home.dev()) {
      RunningHouse.of(dev);
    }
  }

  @Test
  void aFolderThatIsNotOursIsRefusedAndKept() throws Exception {
    Files.createDirectories(home.state());
    Path foreign = Files.writeString(home.state().resolve("thesis.txt"), "important");
    refusalAlone("state_not_ours", Map.of(), "--fresh");
    assertThat(foreign).hasContent("important");
  }

  @Test
  void aStateThatIsAFileIsRefusedAndKept() throws Exception {
    Files.writeString(home.state(), "important");
    refusalAlone("state_not_usable", Map.of());
    assertThat(home.state()).hasContent("important");
  }

  /** Refused, and nothing is left. */
  private JsonNode refusal(String code, Map<String, String> environment, String... more)
      throws Exception {
    boolean alone = Leftovers.now(home.state()).isEmpty();
    JsonNode refusal = refusalAlone(code, environment, more);
    if (alone) {
      assertThat(home.leftovers()).isEmpty();
    }
    return refusal;
  }

  private JsonNode refusalAlone(String code, Map<String, String> environment, String... more)
      throws Exception {
    try (EarnestProcess dev = home.dev(environment, more)) {
      JsonNode answer = dev.json();
      assertThat(dev.awaitEnd()).isEqualTo(1);
      assertThat(answer.path("ok").booleanValue()).isFalse();
      assertThat(answer.path("code").asString()).as(dev.err()).isEqualTo(code);
      assertThat(answer.path("fix").asString()).isNotBlank();
      assertThat(dev.err()).contains("[" + code + "]").doesNotContain("\tat ", "unexpected");
      return answer;
    }
  }

  private Path program(String body) throws IOException {
    Path file = Files.writeString(folder.resolve("anvil"), "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
