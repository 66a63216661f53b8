package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionState;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes with one account, one of which sleeps when it should not. */
final class SubmissionLeaseIT extends SubmissionFixture {
  @ParameterizedTest
  @ValueSource(classes = {SubmissionState.Prepared.class, SubmissionState.Signed.class})
  void whoWakesUpAfterItsLeasePassedOnSendsNothing(Class<? extends SubmissionState> before) {
    FailingJournal sleepers = new FailingJournal(journal);
    JournaledTransactionSubmitter sleeper = submitter(sandbox.seller, SETTINGS, sleepers);
    try (FaultyRpcServer own = FaultyRpcServer.proxy(sandbox.anvil.url())) {
      rpc = HttpJsonRpc.to(own.url());
      JournaledTransactionSubmitter other = submitter();
      sleepers.sleepBefore(
          before,
          () -> {
            time.updateAndGet(now -> now.plus(SETTINGS.leaseTerm()).plusMillis(1));
            other.reconcile();
            assertThat(other.submit(mint("others"), PATIENCE))
                .isInstanceOf(SubmissionOutcome.Settled.class);
            assertThat(other.submit(mint("sleepers"), PATIENCE))
                .isInstanceOf(SubmissionOutcome.Settled.class);
          });

      assertThat(sleeper.submit(mint("sleepers"), PATIENCE))
          .isInstanceOf(SubmissionOutcome.Settled.class);
    }
    assertThat(wire.calls("eth_sendRawTransaction")).isZero();
    assertThat(minted()).isEqualTo(BigInteger.valueOf(20));
  }

  @Test
  void nobodySendsWhileAnotherProcessHoldsTheLease() {
    SignerLease others = lease(Duration.ofHours(1));

    assertThat(submitter().submit(mint("k"), SHORT))
        .isEqualTo(new SubmissionOutcome.Unknown(Optional.empty()));
    assertThat(wire.calls("eth_sendRawTransaction")).isZero();
    journal.release(others);
    assertThat(submitter().submit(mint("k"), PATIENCE))
        .isInstanceOf(SubmissionOutcome.Settled.class);
  }

  @Test
  void whatADeadProcessHadNumberedIsSignedByTheNext() {
    journal.claim(sandbox.chain.chainId(), sandbox.seller.address(), mint("k"));
    FailingJournal dying = new FailingJournal(journal);
    dying.failStepsTo(Set.of(SubmissionState.Signed.class));
    submitter(sandbox.seller, SETTINGS, dying).submit(mint("k"), SHORT);
    assertThat(state("k")).isInstanceOf(SubmissionState.Prepared.class);

    assertThat(submitter().reconcile()).isEqualTo(new Reconciliation(0, 0, 1, 0, 0));
    assertThat(submitter().submit(mint("k"), PATIENCE))
        .isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void nobodyTakesTheLeaseWhileNothingWaits() {
    FailingJournal failing = new FailingJournal(journal);
    JournaledTransactionSubmitter submitter = submitter(sandbox.seller, SETTINGS, failing);
    submitter.submit(mint("k"), PATIENCE);
    failing.failLeases(true);

    assertThat(submitter.reconcile()).isEqualTo(new Reconciliation(0, 0, 0, 0, 0));
  }

  private SignerLease lease(Duration term) {
    return journal
        .lease(sandbox.chain.chainId(), sandbox.seller.address(), new UUID(7, 7), term)
        .orElseThrow();
  }
}
