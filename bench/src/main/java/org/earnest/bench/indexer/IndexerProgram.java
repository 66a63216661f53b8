package org.earnest.bench.indexer;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.earnest.bindings.rpc.FailoverJsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.follow.FollowSettings;
import org.earnest.kit.logcache.LogFiles;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.process.Lifecycle;
import org.earnest.reputation.ReputationIndexer;
import org.earnest.reputation.chain.FollowedContracts;

/** The indexer and nothing else. It says when it has reached a block, and goes on until ended. */
public final class IndexerProgram {
  public static final String NODE = "RPC_URL";
  public static final String DATABASE = "DATABASE_URL";
  public static final String REGISTRY = "REGISTRY";
  public static final String HEAD = "HEAD";
  public static final String LOGS = "LOGS";
  static final String READY = "has reached the head";

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int NOT_REACHED = 1;
  private static final EvmAddress IDENTITY = new EvmAddress("0x" + "80".repeat(20));
  private static final EvmAddress ESCROW = new EvmAddress("0x" + "82".repeat(20));
  private static final EvmAddress VALIDATION = new EvmAddress("0x" + "83".repeat(20));

  private IndexerProgram() {}

  /** Takes its errand from the environment, as a command line shows a password to everybody. */
  public static void main(String[] args) throws InterruptedException {
    try (Lifecycle run = new Lifecycle()) {
      ChainReader chain =
          JsonRpcChainReader.connect(FailoverJsonRpc.connect(List.of(URI.create(told(NODE)))));
      DatabaseSettings settings = DatabaseSettings.parse(told(DATABASE));
      Database database = run.start(() -> Database.open(settings, new SimpleMeterRegistry()));
      FollowedContracts contracts =
          new FollowedContracts(
              chain.chainId(),
              IDENTITY,
              new EvmAddress(told(REGISTRY)),
              Optional.of(VALIDATION),
              Optional.of(ESCROW));
      ReputationIndexer indexer =
          run.start(
              () ->
                  ReputationIndexer.start(
                      chain,
                      contracts,
                      database,
                      new SimpleMeterRegistry(),
                      FollowSettings.of(contracts.addresses())
                          .cachedIn(LogFiles.in(Path.of(told(LOGS))))));
      if (!indexer.awaitBlock(Long.parseLong(told(HEAD)), PATIENCE)) {
        System.exit(NOT_REACHED);
      }
      System.out.println(READY);
      run.awaitClosed();
    }
  }

  private static String told(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }
}
