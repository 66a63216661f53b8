package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionOutcome.Rejected;
import org.earnest.core.submission.SubmissionOutcome.Unknown;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState.Carried;
import org.earnest.core.submission.SubmissionState.Mined;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers who know nothing of each other, and share a transaction. */
final class GatheringSubmitterIT extends BatchFixture {
  private static final Duration MOMENT = Duration.ofMillis(300);

  /** For those who have to meet, on a busy machine as well. */
  private static final Duration LONG_MOMENT = Duration.ofSeconds(2);

  private GatheringSubmitter gathering;

  @BeforeEach
  void gather() {
    gathering = gathering(MOMENT);
  }

  @AfterEach
  void stop() {
    gathering.close();
  }

  private GatheringSubmitter gathering(Duration moment) {
    return new GatheringSubmitter(sandbox.chain.chainId(), journal, submitter(), batches(), moment);
  }

  private void gatherFor(Duration moment) {
    gathering.close();
    gathering = gathering(moment);
  }

  @Test
  void whoAsksWithinAMomentSharesATransaction() throws Exception {
    gatherFor(LONG_MOMENT);
    List<SubmissionRequest> requests =
        IntStream.range(0, 12).mapToObj(i -> mint("k/" + i % 8)).toList();

    assertThat(transactions(atOnce(requests, PATIENCE))).hasSizeLessThan(8);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(80));
    assertThat(state("k/7")).isInstanceOf(Carried.class);
  }

  @Test
  void aFullBatchDoesNotWaitForTheMoment() throws Exception {
    List<SubmissionRequest> requests =
        IntStream.range(0, 64).mapToObj(i -> mint("k/" + i % 4)).toList();
    gatherFor(PATIENCE.multipliedBy(2));

    assertThat(transactions(atOnce(requests, PATIENCE))).hasSize(1);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(40));
  }

  @Test
  void whoIsAloneIsSentAloneAndWhatWasSentIsNotSentAgain() {
    Hash32 first = transactions(List.of(gathering.submit(mint("a"), PATIENCE))).iterator().next();

    assertThat(state("a")).isInstanceOf(Mined.class);
    assertThat(transactions(List.of(gathering.submit(mint("a"), PATIENCE)))).containsExactly(first);
    assertThat(sent()).isEqualTo(1);
  }

  @Test
  void eachLearnsItsOwnOutcome() throws Exception {
    List<SubmissionOutcome> outcomes =
        atOnce(List.of(mint("a"), take("empty"), mint("b")), PATIENCE);

    transactions(List.of(outcomes.get(0), outcomes.get(2)));
    assertThat(outcomes.get(1)).isInstanceOf(Rejected.class);
    assertThat(code(outcomes.get(1))).contains("reverted");
  }

  @Test
  void whoseTimeEndsLearnsTheTransactionToAskFor() throws Exception {
    gatherFor(LONG_MOMENT);
    automine(false);
    Duration patience = LONG_MOMENT.plusSeconds(1);
    List<SubmissionOutcome> outcomes = atOnce(List.of(mint("a"), mint("b")), patience);
    assertThat(outcomes).noneMatch(Rejected.class::isInstance);
    await("a batch", () -> state("a") instanceof Carried && state("b") instanceof Carried);
    automine(true);
    mine();

    assertThat(transactions(atOnce(List.of(mint("a"), mint("b")), PATIENCE))).hasSize(1);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(20));
  }

  @Test
  void whoHasNoTimeForTheMomentLearnsNothingAndLosesNothing() {
    assertThat(gathering.submit(mint("a"), Duration.ofMillis(1))).isInstanceOf(Unknown.class);
    transactions(List.of(gathering.submit(mint("a"), PATIENCE)));
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void aChainThatIsAwayIsToldToAll() {
    failAll("eth_call", RpcFault.DROPPED_BEFORE);

    assertThatThrownBy(() -> gathering.submit(mint("a"), PATIENCE))
        .isInstanceOf(ChainUnavailableException.class);
  }

  private List<SubmissionOutcome> atOnce(List<SubmissionRequest> requests, Duration patience)
      throws Exception {
    List<Callable<SubmissionOutcome>> calls =
        requests.stream()
            .map(request -> (Callable<SubmissionOutcome>) () -> gathering.submit(request, patience))
            .toList();
    List<SubmissionOutcome> outcomes = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<SubmissionOutcome> one : threads.invokeAll(calls)) {
        outcomes.add(one.get());
      }
    }
    return outcomes;
  }
}
