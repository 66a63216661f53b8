package org.earnest.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.process.ChildFailedException;
import org.earnest.kit.process.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a directory keeps of a chain, and what it refuses. */
class AnvilStateIT {
  private static final Duration WARP = Duration.ofDays(365);

  @TempDir Path directory;

  @Test
  void everythingIsThereAfterARestart() {
    Hash32 transaction;
    BlockHeader genesis;
    BlockHeader head;
    BigInteger spent;
    EvmAddress account = DevAccount.ALL.getFirst().address();
    try (AnvilChain chain = AnvilChain.start(settings())) {
      chain.mine(2);
      transaction = new NodeSignedSubmitter(chain, account).send(account, "0x", BigInteger.ONE);
      assertThat(NodeSignedSubmitter.await(reader(chain), transaction, Deployment.PATIENCE))
          .isPresent();
      chain.mine(1);
      genesis = block(chain, new BlockTag.Height(0));
      head = block(chain, BlockTag.Named.LATEST);
      spent = reader(chain).balance(account, new BlockTag.Height(3));
    }
    try (AnvilChain chain = AnvilChain.start(settings())) {
      assertThat(block(chain, new BlockTag.Height(0))).isEqualTo(genesis);
      assertThat(block(chain, BlockTag.Named.LATEST)).isEqualTo(head);
      assertThat(reader(chain).receipt(transaction)).isPresent();
      assertThat(reader(chain).balance(account, new BlockTag.Height(3))).isEqualTo(spent);
      assertThat(reader(chain).balance(account, new BlockTag.Height(2))).isGreaterThan(spent);
    }
  }

  /** Anvil makes a first block at each start; which is found must not be left to chance. */
  @Test
  void aChainKeepsItsFirstBlockThroughManyRestarts() {
    BlockHeader genesis = null;
    for (int start = 0; start < 6; start++) {
      try (AnvilChain chain = AnvilChain.start(settings())) {
        BlockHeader found = block(chain, new BlockTag.Height(0));
        genesis = genesis == null ? found : genesis;
        assertThat(found).isEqualTo(genesis);
        long before = Instant.now().getEpochSecond();
        chain.mine(1);
        assertThat(block(chain, BlockTag.Named.LATEST).timestamp()).isGreaterThanOrEqualTo(before);
      }
    }
  }

  @Test
  void theClockNeverRunsBackwards() {
    long warped;
    try (AnvilChain chain = AnvilChain.start(settings())) {
      chain.warp(WARP);
      warped = block(chain, BlockTag.Named.LATEST).timestamp();
    }
    for (int restart = 0; restart < 2; restart++) {
      try (AnvilChain chain = AnvilChain.start(settings())) {
        chain.mine(1);
        assertThat(block(chain, BlockTag.Named.LATEST).timestamp()).isGreaterThan(warped);
        warped = block(chain, BlockTag.Named.LATEST).timestamp();
      }
    }
  }

  @Test
  void aFreshStartForgets() {
    try (AnvilChain chain = AnvilChain.start(settings())) {
      chain.mine(3);
    }
    try (AnvilChain chain = AnvilChain.start(settings().fresh())) {
      assertThat(block(chain, BlockTag.Named.LATEST).ref().number()).isZero();
      chain.mine(1);
    }
    try (AnvilChain chain = AnvilChain.start(settings())) {
      assertThat(block(chain, BlockTag.Named.LATEST).ref().number()).isEqualTo(1);
    }
  }

  @Test
  void oneProcessAtATime() {
    try (AnvilChain chain = AnvilChain.start(settings())) {
      refusal("chain_state_in_use", settings());
      assertThat(block(chain, BlockTag.Named.LATEST).ref().number()).isZero();
    }
    AnvilChain.start(settings()).close();
  }

  @Test
  void aHalfDumpFallsBackToTheCopyBeforeIt() throws IOException {
    try (AnvilChain chain = AnvilChain.start(settings())) {
      chain.mine(4);
    }
    Path dump = directory.resolve("chain.json");
    String whole = Files.readString(dump);
    Files.writeString(dump, whole.substring(0, whole.length() / 2));
    try (AnvilChain chain = AnvilChain.start(settings())) {
      assertThat(block(chain, BlockTag.Named.LATEST).ref().number()).isEqualTo(4);
    }
  }

  @Test
  void anUnreadableChainOffersAFreshOne() throws IOException {
    Files.writeString(directory.resolve("chain.json"), "{\"broken");
    StartupException refusal = refusal("chain_state_unreadable", settings());
    assertThat(refusal.remedy()).contains("--fresh");
    assertThat(directory.resolve("chain.json")).hasContent("{\"broken");
    AnvilChain.start(settings().fresh()).close();
  }

  @Test
  void whatAnvilCannotReadIsUnreadable() throws IOException {
    Files.writeString(directory.resolve("chain.json"), "{\"whole\": \"but no chain\"}");
    Files.writeString(directory.resolve("genesis.time"), "1700000000");
    refusal("chain_state_unreadable", settings());
  }

  @Test
  void aPortInUseIsNamed() {
    try (AnvilChain chain =
        AnvilChain.start(AnvilSettings.ephemeral(Workspace.anvil(), directory.resolve("first")))) {
      int port = chain.rpcUrl().getPort();
      assertThat(refusal("port_in_use", settings().onPort(port)))
          .hasMessageContaining(Integer.toString(port));
    }
  }

  @Test
  void listensWhereItIsTold() {
    int port;
    try (AnvilChain chain = AnvilChain.start(settings())) {
      port = chain.rpcUrl().getPort();
    }
    try (AnvilChain chain = AnvilChain.start(settings().onPort(port))) {
      assertThat(chain.rpcUrl()).isEqualTo(URI.create("http://127.0.0.1:" + port));
    }
  }

  @Test
  void aProgramThatIsNoAnvilIsQuoted() throws IOException {
    Path liar = directory.resolve("liar");
    Files.writeString(liar, "#!/bin/sh\necho 'I am no chain'\nexit 3\n");
    assertThat(liar.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> AnvilChain.start(AnvilSettings.persistent(liar, directory)))
        .isInstanceOf(ChildFailedException.class)
        .hasMessageContaining("I am no chain");
    AnvilChain.start(settings()).close();
  }

  private AnvilSettings settings() {
    return AnvilSettings.persistent(Workspace.anvil(), directory);
  }

  private static StartupException refusal(String code, AnvilSettings settings) {
    StartupException[] refusal = new StartupException[1];
    assertThatThrownBy(() -> AnvilChain.start(settings).close())
        .isInstanceOfSatisfying(StartupException.class, thrown -> refusal[0] = thrown);
    assertThat(refusal[0].code()).isEqualTo(code);
    return refusal[0];
  }

  private static ChainReader reader(DevChain chain) {
    return JsonRpcChainReader.connect(chain.rpc());
  }

  private static BlockHeader block(DevChain chain, BlockTag tag) {
    return reader(chain).block(tag).orElseThrow();
  }
}
