package org.earnest.testkit.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionOutcome.Rejected;
import org.earnest.core.submission.SubmissionOutcome.Settled;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;
import org.junit.jupiter.api.Test;

/** What every {@link TransactionSubmitter} does, on a chain that mines by itself. */
public abstract class TransactionSubmitterContract {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int CALLERS = 24;

  protected abstract TransactionSubmitter submitter();

  /** A request that succeeds, another one for each number. */
  protected abstract SubmissionRequest good(String key, int number);

  /** A request that would revert. */
  protected abstract SubmissionRequest reverting(String key);

  /** How many transactions the sender has on the chain. */
  protected abstract long sent();

  @Test
  void aRequestIsMined() {
    long before = sent();

    SubmissionOutcome outcome = submitter().submit(good("mined", 1), PATIENCE);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Settled.class,
            settled -> {
              assertThat(settled.receipt().succeeded()).isTrue();
              assertThat(settled.receipt().from()).isEqualTo(submitter().sender());
            });
    assertThat(sent()).isEqualTo(before + 1);
  }

  @Test
  void theSameRequestIsNotSentTwice() {
    SubmissionOutcome first = submitter().submit(good("twice", 1), PATIENCE);
    long before = sent();

    assertThat(submitter().submit(good("twice", 1), PATIENCE)).isEqualTo(first);
    assertThat(sent()).isEqualTo(before);
  }

  @Test
  void anotherRequestUnderTheKeyIsRefused() {
    submitter().submit(good("reused", 1), PATIENCE);
    long before = sent();

    assertThat(submitter().submit(good("reused", 2), PATIENCE))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo("key_reused"));
    assertThat(sent()).isEqualTo(before);
  }

  @Test
  void whatWouldRevertIsNotSent() {
    long before = sent();

    assertThat(submitter().submit(reverting("reverting"), PATIENCE))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.code()).isEqualTo("reverted");
              assertThat(rejected.reason()).isNotBlank();
              assertThat(rejected.transaction()).isEmpty();
            });
    assertThat(sent()).isEqualTo(before);
  }

  @Test
  void whatWasSentIsFoundAndNothingElse() {
    long before = sent();

    assertThat(submitter().find(good("found", 1), PATIENCE)).isEmpty();
    assertThat(sent()).as("to look sends nothing").isEqualTo(before);

    SubmissionOutcome outcome = submitter().submit(good("found", 1), PATIENCE);

    assertThat(submitter().find(good("found", 1), PATIENCE)).contains(outcome);
    assertThat(submitter().find(good("found", 2), PATIENCE))
        .as("another one under the key")
        .containsInstanceOf(Rejected.class);
    assertThat(sent()).isEqualTo(before + 1);
  }

  @Test
  void manyEqualRequestsAtOnceAreOneTransaction() throws Exception {
    long before = sent();

    Set<Hash32> transactions = atOnce(i -> good("crowd", 7));

    assertThat(transactions).hasSize(1);
    assertThat(sent()).isEqualTo(before + 1);
  }

  @Test
  void manyDifferentRequestsAtOnceAreEachMined() throws Exception {
    long before = sent();

    Set<Hash32> transactions = atOnce(i -> good("each/" + i, i));

    assertThat(transactions).hasSize(CALLERS);
    assertThat(sent()).isEqualTo(before + CALLERS);
  }

  /** One caller of many. */
  private interface Caller {
    SubmissionRequest request(int index);
  }

  private Set<Hash32> atOnce(Caller caller) throws Exception {
    List<Callable<SubmissionOutcome>> calls = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      SubmissionRequest request = caller.request(i);
      calls.add(() -> submitter().submit(request, PATIENCE));
    }
    Set<Hash32> transactions = new HashSet<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<SubmissionOutcome> outcome : threads.invokeAll(calls)) {
        assertThat(outcome.get()).isInstanceOf(Settled.class);
        transactions.add(((Settled) outcome.get()).receipt().transaction());
      }
    }
    return transactions;
  }
}
