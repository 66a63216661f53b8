package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.earnest.bindings.rpc.FailoverJsonRpc;
import org.earnest.bindings.rpc.RpcSettings;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionState;
import org.earnest.testkit.chain.Fault;
import org.earnest.testkit.chain.FaultScript;
import org.earnest.testkit.chain.NodeFault;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine behind nodes that fail by a seed. Whatever they do, every request has its effect once
 * and the journal is what the chain is. {@code -Dfaults.seeds=50} runs more seeds of all faults at
 * once than the usual {@value #USUAL_SEEDS}.
 */
@Timeout(300)
final class FaultScriptIT extends SubmissionFixture {
  static final int USUAL_SEEDS = 6;

  private static final int REQUESTS = 12;
  private static final int ASKED = 3;
  private static final int THREADS = 6;
  private static final Duration ROUND = Duration.ofSeconds(2);
  private static final Duration ALL_ROUNDS = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final RpcSettings QUICK =
      new RpcSettings(
          Duration.ofMillis(500),
          Duration.ofSeconds(3),
          Duration.ofMillis(5),
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMinutes(1));

  private static final List<Fault> FAULTS =
      List.of(
          RpcFault.DELAYED,
          RpcFault.DROPPED_BEFORE,
          RpcFault.DROPPED_AFTER,
          RpcFault.DUPLICATED,
          RpcFault.TOO_MANY_REQUESTS,
          RpcFault.RETRY_AFTER,
          RpcFault.RATE_LIMITED,
          RpcFault.BAD_GATEWAY,
          RpcFault.TRUNCATED,
          RpcFault.NULL_RESULT,
          new NodeFault.StaleBlock(3),
          new NodeFault.WrongNonce(2, 0),
          new NodeFault.WrongNonce(-2, -2),
          new NodeFault.Forgotten(),
          new NodeFault.Reorganised(2));

  private static final List<Fault> RARE =
      List.of(RpcFault.TOO_MANY_REQUESTS, RpcFault.RETRY_AFTER, RpcFault.RATE_LIMITED);

  /** One that is not settled in the end is enough to know. */
  private final AtomicBoolean gaveUp = new AtomicBoolean();

  static Stream<Fault> faults() {
    return FAULTS.stream();
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Integer.getInteger("faults.seeds", USUAL_SEEDS));
  }

  /** A tenth of all calls, except where that much is a second's pause each. */
  @ParameterizedTest
  @MethodSource("faults")
  void eachFaultAlone(Fault fault) throws Exception {
    int perMille = RARE.contains(fault) ? 20 : 100;
    run(FaultScript.of(1, List.of(new FaultScript.Rate(fault, perMille))), wire.url());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void allFaultsAtOnceBehindOneUrl(long seed) throws Exception {
    run(all(seed), wire.url());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void allFaultsAtOnceAtOneOfTwoUrls(long seed) throws Exception {
    run(all(seed), wire.url(), sandbox.anvil.url());
  }

  private static FaultScript all(long seed) {
    return FaultScript.of(
        seed, FAULTS.stream().map(fault -> new FaultScript.Rate(fault, 8)).toList());
  }

  private void run(FaultScript script, URI... urls) throws Exception {
    rpc = FailoverJsonRpc.connect(List.of(urls), Optional.empty(), QUICK);
    JournaledTransactionSubmitter submitter = submitter();
    wire.follow(script);
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Boolean>> askers =
          IntStream.range(0, REQUESTS * ASKED)
              .<Callable<Boolean>>mapToObj(i -> () -> settles(submitter, "k/" + i % REQUESTS))
              .toList();
      for (Future<Boolean> settled : threads.invokeAll(askers)) {
        assertThat(got(settled)).as("%s", script).isTrue();
      }
    }
    wire.recover();
    assertBooksBalance(submitter, script);
  }

  private static boolean got(Future<Boolean> settled) throws Exception {
    try {
      return settled.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** Asks again and again, as a caller would, until it is settled. */
  private boolean settles(JournaledTransactionSubmitter submitter, String key) {
    long deadline = System.nanoTime() + ALL_ROUNDS.toNanos();
    while (System.nanoTime() - deadline < 0 && !gaveUp.get()) {
      try {
        SubmissionOutcome outcome = submitter.submit(mint(key), ROUND);
        if (outcome instanceof SubmissionOutcome.Settled) {
          return true;
        }
      } catch (ChainUnavailableException e) {
        // Nothing is signed: it is asked for again.
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    gaveUp.set(true);
    return false;
  }

  /** After the faults: what a reorganisation took back is there again, and nothing twice. */
  private void assertBooksBalance(JournaledTransactionSubmitter submitter, FaultScript script) {
    List<SubmissionOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      outcomes.add(submitter.submit(mint("k/" + i), PATIENCE));
    }
    assertThat(outcomes)
        .as("%s", script)
        .allSatisfy(o -> assertThat(o).isInstanceOf(SubmissionOutcome.Settled.class));
    // What fills a gap has no caller who would look for its receipt.
    submitter.reconcile();
    assertThat(script.faults()).as("%s", script).isPositive();
    assertThat(minted()).as("%s", script).isEqualTo(TEN.multiply(BigInteger.valueOf(REQUESTS)));
    List<Submission> rows = journal.fromNonce(sandbox.chain.chainId(), sandbox.seller.address(), 0);
    long nonces =
        sandbox
            .chain
            .transactionCount(sandbox.seller.address(), BlockTag.Named.LATEST)
            .longValueExact();
    assertThat(rows.stream().filter(row -> mined(row.state())).count())
        .as("%s", script)
        .isEqualTo(nonces);
  }

  private static boolean mined(SubmissionState state) {
    return state instanceof SubmissionState.Mined || state instanceof SubmissionState.Final;
  }
}
