package org.earnest.kit.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.rpc.FailoverJsonRpc;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionOutcome.Settled;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.postgres.PostgresFixture;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.testkit.chain.AnvilProcess;
import org.earnest.testkit.chain.FaultScript;
import org.earnest.testkit.chain.FaultScript.Rate;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.earnest.testkit.chain.NodeFault;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The engine on its PostgreSQL, behind two URLs of which one fails by a seed. */
@Timeout(300)
class FaultyNodeIT {
  private static final long SEED = 7;
  private static final int REQUESTS = 20;
  private static final int ASKED = 2;
  private static final int THREADS = 4;
  private static final Duration ROUND = Duration.ofSeconds(2);
  private static final Duration ALL_ROUNDS = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final BigInteger GIFT = BigInteger.TEN;
  private static final EvmAddress HEIR = new EvmAddress("0x" + "e".repeat(40));
  private static final List<Rate> RATES =
      List.of(
          new Rate(RpcFault.DELAYED, 20),
          new Rate(RpcFault.DROPPED_BEFORE, 20),
          new Rate(RpcFault.DROPPED_AFTER, 20),
          new Rate(RpcFault.DUPLICATED, 20),
          new Rate(RpcFault.TRUNCATED, 20),
          new Rate(RpcFault.RATE_LIMITED, 5),
          new Rate(new NodeFault.StaleBlock(2), 20),
          new Rate(new NodeFault.WrongNonce(3, 3), 20),
          new Rate(new NodeFault.Forgotten(), 20),
          new Rate(new NodeFault.Reorganised(2), 5));

  @TempDir Path folder;

  @Test
  void everyRequestHasItsEffectOnce() throws Exception {
    FaultScript script = FaultScript.of(SEED, RATES);
    try (Lifecycle run = new Lifecycle();
        AnvilProcess anvil = AnvilProcess.start();
        FaultyRpcServer wire = FaultyRpcServer.proxy(anvil.url())) {
      TransactionSubmitter submitter = submitter(run, anvil, wire);
      wire.follow(script);
      askAtOnce(submitter, script);
      wire.recover();

      for (int i = 0; i < REQUESTS; i++) {
        assertThat(settles(submitter, i)).as("%s", script).isTrue();
      }
      ChainReader chain = JsonRpcChainReader.connect(HttpJsonRpc.to(anvil.url()));
      assertThat(script.faults()).isPositive();
      assertThat(chain.balance(HEIR, BlockTag.Named.LATEST))
          .as("%s", script)
          .isEqualTo(GIFT.multiply(BigInteger.valueOf(REQUESTS)));
    }
  }

  private TransactionSubmitter submitter(Lifecycle run, AnvilProcess anvil, FaultyRpcServer wire)
      throws Exception {
    StateDirectory state = run.start(() -> StateDirectory.open(folder.resolve("state")));
    EmbeddedPostgres postgres = run.start(() -> PostgresFixture.start(state));
    Database database = run.start(() -> PostgresFixture.open(postgres));
    FailoverJsonRpc rpc = FailoverJsonRpc.connect(List.of(wire.url(), anvil.url()));
    return new JournaledTransactionSubmitter(
        rpc,
        JsonRpcChainReader.connect(rpc),
        LocalSigner.of(AnvilProcess.FIRST_PRIVATE_KEY),
        PostgresSubmissionJournal.open(database),
        SubmissionSettings.DEFAULT.withIntervals(Duration.ofMillis(50), Duration.ofMillis(300)));
  }

  private static void askAtOnce(TransactionSubmitter submitter, FaultScript script)
      throws Exception {
    List<Callable<Boolean>> askers =
        IntStream.range(0, REQUESTS * ASKED)
            .<Callable<Boolean>>mapToObj(i -> () -> settles(submitter, i % REQUESTS))
            .toList();
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Boolean> settled : threads.invokeAll(askers)) {
        assertThat(settled.get()).as("%s", script).isTrue();
      }
    }
  }

  /** Asks again and again, as a caller would. */
  private static boolean settles(TransactionSubmitter submitter, int request) {
    long deadline = System.nanoTime() + ALL_ROUNDS.toNanos();
    while (System.nanoTime() - deadline < 0) {
      try {
        if (submitter.submit(new SubmissionRequest("gift/" + request, HEIR, "0x", GIFT), ROUND)
            instanceof Settled) {
          return true;
        }
      } catch (ChainUnavailableException e) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    return false;
  }
}
