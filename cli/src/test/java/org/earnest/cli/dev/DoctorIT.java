package org.earnest.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code doctor} on this machine as it is, and on one where all that can be named is dead. */
class DoctorIT {
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
  void aSoundMachineIsFoundSoundAndLeftAsItWas() throws Exception {
    try (EarnestProcess doctor = home.doctor("--port", "0")) {
      JsonNode answer = doctor.json();
      assertThat(doctor.awaitEnd()).as(answer.toString()).isZero();
      assertThat(answer.path("ok").booleanValue()).isTrue();
      assertThat(answer.path("checks").findValuesAsString("check"))
          .containsExactly("jdk", "node", "port", "disk", "chain", "database");
      assertThat(check(answer, "chain").path("found").asString()).contains("eip155:31337, block 0");
      assertThat(check(answer, "database").path("found").asString()).contains("version 18.");
    }
    assertThat(home.leftovers()).isEmpty();
    assertThat(home.state()).doesNotExist();
    assertThat(home.home().resolve(".earnest/run")).isDirectoryNotContaining(Files::isDirectory);
  }

  @Test
  void whatIsDeadIsNamedWithWhatToDo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int dead = freePort();
      try (EarnestProcess doctor =
          home.doctor(
              "--port",
              Integer.toString(taken.getLocalPort()),
              "--rpc-url",
              "http://127.0.0.1:" + dead,
              "--database-url",
              "postgresql://me:secret-word@127.0.0.1:" + dead + "/none")) {
        JsonNode answer = doctor.json();
        assertThat(doctor.awaitEnd()).isEqualTo(1);
        assertThat(answer.path("ok").booleanValue()).isFalse();
        for (String name : new String[] {"port", "chain", "database"}) {
          assertThat(check(answer, name).path("ok").booleanValue()).as(name).isFalse();
          assertThat(check(answer, name).path("fix").asString()).as(name).isNotBlank();
        }
        assertThat(check(answer, "disk").path("ok").booleanValue()).isTrue();
        assertThat(answer + doctor.err()).doesNotContain("secret-word");
      }
    }
    assertThat(home.leftovers()).isEmpty();
  }

  private static JsonNode check(JsonNode answer, String name) {
    return StreamSupport.stream(answer.path("checks").spliterator(), false)
        .filter(check -> check.path("check").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
