package org.earnest.bench.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.earnest.bench.cpu.CpuPlan;
import org.earnest.bench.cpu.CpuRace;
import org.earnest.bench.cpu.PeerProgram;
import org.earnest.credentials.key.KeyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program that measures nimbus, with the nimbus of the build, which has no Tink. */
class NimbusPeerIT {
  private static final Duration BLINK = Duration.ofMillis(20);

  @TempDir Path folder;

  @Test
  void nimbusIsMeasuredBesideOurs() throws IOException {
    try (InputStream program =
        Objects.requireNonNull(CredentialPeers.class.getResourceAsStream("nimbus/Measure.java"))) {
      Files.copy(program, folder.resolve("Measure.java"));
    }
    PeerProgram nimbus =
        PeerProgram.java(
            folder,
            System.getProperty("java.class.path"),
            folder,
            CredentialPeers.nimbusQuestions(
                List.of("ES256"),
                List.of(OurCredentials.unsecured(1), OurCredentials.unsecured(2))));
    CpuRace race =
        new CpuRace(
            new CpuPlan(1, BLINK, BLINK),
            new OurCredentials().jwts(KeyType.P256),
            List.of(nimbus),
            line -> {});
    assertThat(
            JsonMapper.shared().<JsonNode>valueToTree(race.run()).path("questions").valueStream())
        .hasSize(2)
        .allSatisfy(
            each -> {
              // So short a round may fall between two ticks of the clock of its CPU time.
              assertThat(each.at("/peers/nimbus").isNumber()).isTrue();
              assertThat(each.at("/peerBytes/nimbus").doubleValue()).isPositive();
            });
  }
}
