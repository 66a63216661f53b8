package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.earnest.bindings.signer.SigningPolicy;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionOperator.Intervention;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionOutcome.Settled;
import org.earnest.core.submission.SubmissionState.Broadcast;
import org.earnest.core.submission.SubmissionState.Expired;
import org.earnest.core.submission.SubmissionState.Mined;
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.core.submission.SubmissionState.Signed;
import org.junit.jupiter.api.Test;

/** What an operator may do about what stays where it is, and what is heard of it. */
final class SubmissionInterventionIT extends SubmissionFixture {
  private static final BigInteger DEAR = BigInteger.valueOf(20_000_000_000L);

  private Submission row(String key) {
    return journal.find(SubmissionId.of(sandbox.chain.chainId(), key)).orElseThrow();
  }

  private static String refusal(Intervention intervention) {
    return intervention instanceof Intervention.Refused refused ? refused.code() : "none";
  }

  private void pend(JournaledTransactionSubmitter submitter, String key) {
    assertThat(submitter.submit(mint(key), SHORT)).isInstanceOf(SubmissionOutcome.Pending.class);
  }

  @Test
  void whatWaitsIsGivenUpWhateverItsCallerAllowed() {
    JournaledTransactionSubmitter submitter = submitter();
    automine(false);
    pend(submitter, "k");
    SignedTransaction first = state("k").signed().orElseThrow();

    assertThat(submitter.cancel(row("k")))
        .isInstanceOfSatisfying(
            Intervention.Done.class,
            done -> {
              SignedTransaction last = done.submission().state().signed().orElseThrow();
              assertThat(last.cancels()).isTrue();
              assertThat(last.nonce()).isEqualTo(first.nonce());
              assertThat(last.maxFeePerGas()).isGreaterThan(first.maxFeePerGas());
            });
    SignedTransaction cancellation = state("k").signed().orElseThrow();
    assertThat(submitter.cancel(row("k"))).isInstanceOf(Intervention.Done.class);
    assertThat(state("k").signed()).contains(cancellation);
    mine();

    assertThat(code(submitter.submit(mint("k"), PATIENCE))).contains("expired");
    assertThat(state("k")).isInstanceOf(Expired.class);
    assertThat(minted()).isZero();
    assertThat(heard).containsExactly("cancelled");
  }

  @Test
  void whatIsInABlockIsNotGivenUp() {
    JournaledTransactionSubmitter submitter = submitter();
    automine(false);
    pend(submitter, "k");
    mine();

    assertThat(refusal(submitter.cancel(row("k")))).isEqualTo("submission_closed");
    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(Settled.class);
    assertThat(refusal(submitter.cancel(row("k")))).isEqualTo("submission_closed");
    assertThat(minted()).isEqualTo(TEN);
    assertThat(heard).isEmpty();
  }

  @Test
  void whatHasOnlyItsNonceIsGivenUpToo() {
    FailingJournal failing = new FailingJournal(journal);
    failing.failStepsTo(Set.of(Signed.class));
    var unused = submitter(sandbox.seller, SETTINGS, failing).submit(mint("k"), SHORT);
    assertThat(state("k")).isInstanceOf(Prepared.class);

    JournaledTransactionSubmitter restarted = submitter();
    assertThat(restarted.cancel(row("k"))).isInstanceOf(Intervention.Done.class);

    assertThat(code(restarted.submit(mint("k"), PATIENCE))).contains("expired");
    assertThat(minted()).isZero();
  }

  @Test
  void whatThePolicyForbidsToGiveUpIsLeft() {
    automine(false);
    pend(submitter(), "k");
    SigningPolicy thrifty =
        new SigningPolicy(Map.of(), BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE);
    JournaledTransactionSubmitter restarted =
        submitter(sandbox.seller, SETTINGS.withPolicy(thrifty));

    assertThat(refusal(restarted.cancel(row("k")))).isEqualTo("cancellation_refused");
    assertThat(state("k")).isInstanceOf(Broadcast.class);
    assertThat(heard).isEmpty();
  }

  @Test
  void whatTheNodeForgotIsSentAgain() {
    JournaledTransactionSubmitter submitter = submitter();
    automine(false);
    pend(submitter, "k");
    SignedTransaction only = state("k").signed().orElseThrow();
    forget("k");

    assertThat(submitter.retry(row("k"))).isInstanceOf(Intervention.Done.class);
    assertThat(state("k").signed()).contains(only);
    mine();
    assertThat(submitter.retry(row("k")))
        .isInstanceOfSatisfying(
            Intervention.Done.class,
            done -> assertThat(done.submission().state()).isInstanceOf(Mined.class));
    assertThat(refusal(submitter.retry(row("k")))).isEqualTo("submission_closed");
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void whatOffersTooLittleIsSentAgainForMore() {
    JournaledTransactionSubmitter submitter = submitter();
    automine(false);
    pend(submitter, "k");
    SignedTransaction first = state("k").signed().orElseThrow();
    assertThat(submitter.retry(row("k"))).isInstanceOf(Intervention.Done.class);
    assertThat(state("k").signed()).contains(first);
    sandbox.rpc.require("anvil_setNextBlockBaseFeePerGas", "0x" + DEAR.toString(16));
    sandbox.rpc.require("anvil_mine", "0x1");

    assertThat(submitter.retry(row("k"))).isInstanceOf(Intervention.Done.class);
    SignedTransaction dearer = state("k").signed().orElseThrow();
    assertThat(dearer.nonce()).isEqualTo(first.nonce());
    assertThat(dearer.cancels()).isFalse();
    assertThat(dearer.maxFeePerGas()).isGreaterThan(DEAR);
    assertThat(heard).containsExactly("replaced");
    mine();
    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void whatARetryFindsAtTheCapWaitsThoughItsCallerAllowsToGiveItUp() {
    JournaledTransactionSubmitter submitter =
        submitter(sandbox.seller, SETTINGS.withMaxFeePerGas(DEAR));
    automine(false);
    assertThat(submitter.submit(mint("k").orCancelled(), SHORT))
        .isInstanceOf(SubmissionOutcome.Pending.class);
    SignedTransaction only = state("k").signed().orElseThrow();
    BigInteger dearest = DEAR.multiply(BigInteger.TEN);
    sandbox.rpc.require("anvil_setNextBlockBaseFeePerGas", "0x" + dearest.toString(16));
    sandbox.rpc.require("anvil_mine", "0x1");

    assertThat(submitter.retry(row("k"))).isInstanceOf(Intervention.Done.class);
    assertThat(journal.attempts(row("k").id()))
        .noneMatch(SignedTransaction::cancels)
        .contains(only);
  }

  @Test
  void whatAnotherProcessSeesToIsLeftToIt() {
    JournaledTransactionSubmitter submitter = submitter();
    automine(false);
    pend(submitter, "k");
    var lease =
        journal
            .lease(
                sandbox.chain.chainId(),
                sandbox.seller.address(),
                new UUID(0, 7),
                Duration.ofMinutes(1))
            .orElseThrow();

    assertThat(refusal(submitter.retry(row("k")))).isEqualTo("account_busy");
    assertThat(refusal(submitter.cancel(row("k")))).isEqualTo("account_busy");
    assertThat(row("k").request().cancellable()).isFalse();
    journal.release(lease);
    assertThat(submitter.cancel(row("k"))).isInstanceOf(Intervention.Done.class);
    assertThat(row("k").request().cancellable()).isTrue();
  }

  @Test
  void theGasOfWhatIsRevertedIsHeardOfOnce() {
    JournaledTransactionSubmitter submitter = submitter();
    assertThat(submitter.submit(mint("a"), PATIENCE)).isInstanceOf(Settled.class);
    automine(false);
    assertThat(submitter.submit(spend("b"), SHORT)).isInstanceOf(SubmissionOutcome.Pending.class);
    burnSellersTokens();

    assertThat(code(submitter.submit(spend("b"), PATIENCE))).contains("reverted");
    submitter.reconcile();
    TransactionReceipt receipt = sandbox.chain.receipt(hash("b")).orElseThrow();
    assertThat(receipt.succeeded()).isFalse();
    assertThat(heard).containsExactly("reverted " + receipt.gasUsed());
  }
}
