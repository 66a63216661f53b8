package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionState;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One account's transactions are a line: what the engine does when somebody in it stands still. */
final class SubmissionLineIT extends SubmissionFixture {
  @Test
  void aLowerNonceThatWasNotSentIsSentForTheOneThatWaitsBehindIt() {
    JournaledTransactionSubmitter submitter = submitter();
    wire.failNext("eth_sendRawTransaction", RpcFault.DROPPED_BEFORE);
    submitter.submit(mint("low"), Duration.ZERO);
    assertThat(state("low")).isInstanceOf(SubmissionState.Signed.class);

    assertThat(submitter.submit(mint("high"), PATIENCE))
        .isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(submitter.submit(mint("low"), PATIENCE))
        .isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(20));
  }

  @Test
  void aNonceThatNobodyHoldsIsFilled() {
    JournaledTransactionSubmitter submitter = submitter();
    automine(false);
    Hash32 foreign = sendFromElsewhere();
    submitter.submit(mint("k"), Duration.ZERO);
    sandbox.rpc.require("anvil_dropTransaction", foreign.hex());
    automine(true);

    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(state("gap:" + sandbox.seller.address().hex() + ":0").signed())
        .hasValueSatisfying(filler -> assertThat(filler.nonce()).isZero());
  }

  @Test
  void aNonceThatAForeignTransactionHoldsIsWaitedFor() {
    JournaledTransactionSubmitter submitter = submitter();
    automine(false);
    sendFromElsewhere();
    submitter.submit(mint("k"), Duration.ZERO);

    assertThat(submitter.reconcile()).isEqualTo(new Reconciliation(0, 0, 1, 0, 0));
    mine();
    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
  }

  @Test
  void whoWaitsForItsTurnWaitsNoLongerThanItsPatience() throws Exception {
    failAll("eth_sendRawTransaction", RpcFault.SILENT);
    rpc = HttpJsonRpc.to(wire.url(), PATIENCE);
    JournaledTransactionSubmitter submitter = submitter();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<SubmissionOutcome> first = threads.submit(() -> submitter.submit(mint("a"), PATIENCE));
      awaitCalls("eth_sendRawTransaction", 1);

      // Signed while the first is sent, and left to the next round as that takes so long.
      assertThat(submitter.submit(mint("b"), SHORT))
          .isEqualTo(new SubmissionOutcome.Unknown(Optional.of(hash("b"))));
      assertThat(state("b")).isInstanceOf(SubmissionState.Signed.class);
      var waiting = threads.submit(() -> submitter.submit(mint("waits"), PATIENCE));
      awaitSigned("waits");
      assertThat(submitter.submit(mint("d"), SHORT))
          .isEqualTo(new SubmissionOutcome.Unknown(Optional.empty()));
      assertThat(state("d")).isEqualTo(new SubmissionState.Claimed());
      assertThat(first.isDone()).isFalse();
      assertThat(waiting.isDone()).isFalse();
      Future<SubmissionOutcome> interrupted =
          threads.submit(
              () -> {
                Thread.currentThread().interrupt();
                return submitter.submit(mint("c"), PATIENCE);
              });
      assertThat(interrupted.get()).isEqualTo(new SubmissionOutcome.Unknown(Optional.empty()));
      threads.shutdownNow();
    }
  }

  @Test
  void aJournalThatFailsAfterSigningLeavesTheHashToAskBy() {
    FailingJournal failing = new FailingJournal(journal);
    JournaledTransactionSubmitter submitter = submitter(sandbox.seller, SETTINGS, failing);
    failing.failStepsTo(Set.of(SubmissionState.Broadcast.class, SubmissionState.Mined.class));

    assertThat(submitter.submit(mint("k"), SHORT))
        .isEqualTo(new SubmissionOutcome.Unknown(Optional.of(hash("k"))));
    assertThat(minted()).isEqualTo(TEN);
    failing.failStepsTo(Set.of());
    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aJournalWithoutLeasesLeavesTheHashOfWhatWasTakenBack(boolean chainGrewAgain) {
    FailingJournal failing = new FailingJournal(journal);
    JournaledTransactionSubmitter submitter = submitter(sandbox.seller, SETTINGS, failing);
    String snapshot = sandbox.rpc.require("evm_snapshot").stringValue();
    submitter.submit(mint("k"), PATIENCE);
    sandbox.rpc.require("evm_revert", snapshot);
    if (chainGrewAgain) {
      sandbox.rpc.require("anvil_mine", "0x3");
    }
    failing.failLeases(true);

    assertThat(submitter.submit(mint("k"), SHORT))
        .isEqualTo(new SubmissionOutcome.Unknown(Optional.of(hash("k"))));
    failing.failLeases(false);
    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void whatFailedIsNoBacklog() {
    FailingJournal failing = new FailingJournal(journal);
    JournaledTransactionSubmitter submitter = submitter(sandbox.seller, SETTINGS, failing);
    failing.failLeases(true);

    assertThatThrownBy(() -> submitter.submit(mint("k"), SHORT))
        .isInstanceOf(JournalUnavailableException.class);
    assertThat(submitter.backlog()).isZero();
  }

  @Test
  void aSignatureThatMayNotBeStoredIsNotSent() {
    FailingJournal failing = new FailingJournal(journal);
    JournaledTransactionSubmitter submitter = submitter(sandbox.seller, SETTINGS, failing);
    failing.failStepsTo(Set.of(SubmissionState.Signed.class));

    assertThat(submitter.submit(mint("k"), SHORT))
        .isInstanceOfSatisfying(
            SubmissionOutcome.Unknown.class,
            unknown -> assertThat(unknown.transaction()).isPresent());
    assertThat(wire.calls("eth_sendRawTransaction")).isZero();
    failing.failStepsTo(Set.of());
    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }

  private void awaitCalls(String method, int calls) {
    while (wire.calls(method) < calls) {
      Thread.onSpinWait();
    }
  }

  private void awaitSigned(String key) {
    while (journal
        .find(SubmissionId.of(sandbox.chain.chainId(), key))
        .filter(row -> row.state() instanceof SubmissionState.Signed)
        .isEmpty()) {
      Thread.onSpinWait();
    }
  }
}
