package org.earnest.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.earnest.core.identity.Did;
import org.earnest.credentials.key.KeyType;
import org.earnest.kit.state.FileTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/**
 * What stays between two runs of {@code dev}, and what happens when chain and database disagree.
 */
@Execution(ExecutionMode.CONCURRENT)
class DevStateIT {
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

  /** On the same port, as credentials name their status lists by the house's address. */
  @Test
  void chainDatabaseAndIssuersSurviveARestart() throws Exception {
    JsonNode contracts;
    Map<KeyType, Did> issuers;
    Map<KeyType, JsonNode> signed;
    int port;
    try (EarnestProcess dev = home.dev()) {
      RunningHouse house = RunningHouse.of(dev);
      port = URI.create(house.url("/")).getPort();
      contracts = house.figures().path("contracts");
      issuers = IssuedByHouse.issuers(home);
      signed = new IssuedByHouse(house).signed(issuers);
      house.pay(7);
      house.register(1);
      assertThat(house.strangersMoney()).isEqualTo(7);
    }
    assertThat(home.leftovers()).isEmpty();
    try (EarnestProcess dev = home.dev("--port", Integer.toString(port))) {
      RunningHouse house = RunningHouse.of(dev);
      assertThat(house.figures().path("contracts")).isEqualTo(contracts);
      assertThat(house.strangersMoney()).isEqualTo(7);
      house.awaitAgents(1);
      house.awaitReady();
      house.register(2);
      assertThat(IssuedByHouse.issuers(home)).isEqualTo(issuers);
      standsByWhatItSigned(new IssuedByHouse(house), issuers, signed);
    }
  }

  private void standsByWhatItSigned(
      IssuedByHouse house, Map<KeyType, Did> issuers, Map<KeyType, JsonNode> signed)
      throws Exception {
    // Before its list is read by the verifier, who keeps lists for a while.
    house.revoke(home, Objects.requireNonNull(signed.get(KeyType.P384)));
    house.isRevoked(Objects.requireNonNull(signed.get(KeyType.P384)));
    house.isVerified(Objects.requireNonNull(signed.get(KeyType.ED25519)));
    house.isVerified(Objects.requireNonNull(signed.get(KeyType.P256)));
    for (JsonNode anew : house.signed(issuers).values()) {
      house.isVerified(anew);
    }
  }

  @Test
  void chainAndDatabaseSurviveAKill() throws Exception {
    try (EarnestProcess dev = home.dev()) {
      RunningHouse house = RunningHouse.of(dev);
      house.pay(7);
      house.register(1);
      home.awaitKept();
      dev.signal("KILL");
      dev.awaitEnd();
    }
    try (EarnestProcess dev = home.dev()) {
      RunningHouse house = RunningHouse.of(dev);
      assertThat(house.strangersMoney()).isEqualTo(7);
      house.awaitAgents(1);
      house.pay(1);
      assertThat(house.strangersMoney()).isEqualTo(8);
      house.awaitReady();
    }
    assertThat(home.leftovers()).isEmpty();
  }

  @Test
  void theIndexGoesBackWithAChainThatStaysBehind() throws Exception {
    try (EarnestProcess dev = home.dev()) {
      RunningHouse.of(dev).register(1);
    }
    Path older = folder.resolve("older");
    copy(chain(), older);
    try (EarnestProcess dev = home.dev()) {
      RunningHouse house = RunningHouse.of(dev);
      house.pay(7);
      house.register(2);
    }
    FileTree.delete(chain());
    copy(older, chain());
    try (EarnestProcess dev = home.dev()) {
      RunningHouse house = RunningHouse.of(dev);
      assertThat(house.strangersMoney()).isZero();
      house.awaitAgents(1);
      house.awaitReady();
      house.pay(3);
      house.register(2);
      assertThat(house.strangersMoney()).isEqualTo(3);
    }
  }

  @Test
  void aReplacedChainIsNamedAndFreshBeginsAnew() throws Exception {
    try (EarnestProcess dev = home.dev()) {
      RunningHouse house = RunningHouse.of(dev);
      house.pay(7);
      house.register(1);
    }
    FileTree.delete(chain());
    try (EarnestProcess dev = home.dev()) {
      JsonNode refusal = dev.json();
      assertThat(refusal.path("code").asString()).isEqualTo("chain_replaced");
      assertThat(refusal.path("fix").asString()).contains("--fresh");
      assertThat(dev.awaitEnd()).isEqualTo(1);
    }
    assertThat(home.leftovers()).isEmpty();
    try (EarnestProcess dev = home.dev("--fresh")) {
      RunningHouse house = RunningHouse.of(dev);
      assertThat(house.strangersMoney()).isZero();
      house.register(1);
    }
    assertThat(home.leftovers()).isEmpty();
  }

  /** The database is remembered as the chain's even by a run that was killed. */
  @Test
  void aKilledRunsDatabaseKnowsItsChain() throws Exception {
    try (EarnestProcess dev = home.dev()) {
      RunningHouse.of(dev);
      dev.awaitErr("the database belongs to the chain");
      dev.signal("KILL");
      dev.awaitEnd();
    }
    assertThat(Leftovers.of(home.state())).isEmpty();
    FileTree.delete(chain());
    try (EarnestProcess dev = home.dev()) {
      assertThat(dev.json().path("code").asString()).isEqualTo("chain_replaced");
    }
  }

  private Path chain() {
    return home.chain();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path source : tree.toList()) {
        Files.copy(source, to.resolve(from.relativize(source).toString()));
      }
    }
  }
}
