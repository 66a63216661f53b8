package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionOutcome.Settled;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.junit.jupiter.api.Test;

/** What the engine does while the chain asks for more than was offered. */
final class SubmissionReplacementIT extends SubmissionFixture {
  private static final long GWEI = 1_000_000_000L;
  private static final BigInteger DEAR = BigInteger.valueOf(20 * GWEI);
  private static final BigInteger CHEAP = BigInteger.valueOf(GWEI);

  @Test
  void whatIsStuckIsReplacedByTheSameWithHigherFees() {
    JournaledTransactionSubmitter submitter = submitter();
    SignedTransaction first = stuck(submitter, mint("k"));

    submitter.reconcile();
    List<SignedTransaction> attempts = attempts("k");
    assertThat(attempts).hasSize(2).last().isEqualTo(first);
    assertThat(attempts.getFirst().nonce()).isEqualTo(first.nonce());
    assertThat(attempts.getFirst().cancels()).isFalse();
    assertThat(heard).containsExactly("replaced");
    mineAt(DEAR);
    assertThat(submitter.submit(mint("k"), PATIENCE))
        .isInstanceOfSatisfying(
            Settled.class,
            settled ->
                assertThat(settled.receipt().transaction()).isEqualTo(attempts.getFirst().hash()));
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void whicheverAttemptIsMinedIsTheResult() {
    JournaledTransactionSubmitter submitter = submitter();
    SignedTransaction first = stuck(submitter, mint("k"));
    submitter.reconcile();
    sandbox.rpc.require("anvil_dropTransaction", hash("k").hex());
    mineAt(CHEAP);
    sandbox.rpc.require("eth_sendRawTransaction", first.raw());
    mine();

    assertThat(submitter.submit(mint("k"), PATIENCE))
        .isInstanceOfSatisfying(
            Settled.class,
            settled -> assertThat(settled.receipt().transaction()).isEqualTo(first.hash()));
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void whatIsStuckAtTheCapIsGivenUpWhereItsCallerAllowsIt() {
    SubmissionRequest request = mint("k").orCancelled();
    JournaledTransactionSubmitter submitter = atTheCap();
    stuck(submitter, request);
    submitter.reconcile();
    Hash32 cancellation = attempts("k").getFirst().hash();
    assertThat(attempts("k").getFirst().cancels()).isTrue();
    assertThat(heard).last().isEqualTo("cancelled");
    becomeCheap();

    SubmissionOutcome.Rejected expired = rejected(submitter.submit(request, PATIENCE));
    assertThat(expired.code()).isEqualTo("expired");
    assertThat(expired.transaction()).contains(cancellation);
    assertThat(expired.inclusion()).contains(Inclusion.INCLUDED);
    assertThat(minted()).isZero();
    sandbox.rpc.require("anvil_mine", "0xd");
    submitter.reconcile();
    assertThat(state("k")).isInstanceOf(SubmissionState.Final.class);
    SubmissionOutcome.Rejected firm = rejected(submitter.submit(request, PATIENCE));
    assertThat(firm.transaction()).isEqualTo(expired.transaction());
    assertThat(firm.inclusion()).contains(Inclusion.FINAL);
  }

  @Test
  void whatIsStuckAtTheCapWaitsOtherwise() {
    JournaledTransactionSubmitter submitter = atTheCap();
    SignedTransaction only = stuck(submitter, mint("k"));
    submitter.reconcile();

    assertThat(attempts("k")).containsExactly(only);
    becomeCheap();
    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(Settled.class);
  }

  @Test
  void whatOnlyWaitsForAPredecessorIsNotReplaced() {
    JournaledTransactionSubmitter submitter = submitter();
    automine(false);
    submitter.submit(mint("first"), SHORT);
    submitter.submit(mint("second"), SHORT);
    letBlocksPass(submitter);
    submitter.reconcile();

    assertThat(attempts("first")).hasSize(2);
    assertThat(attempts("second")).hasSize(1);
  }

  @Test
  void whatOffersWhatTheChainAsksForIsNotReplacedWhileTheNodeHasIt() {
    JournaledTransactionSubmitter submitter = submitter();
    automine(false);
    submitter.submit(mint("k"), SHORT);
    submitter.reconcile();
    // A block takes what is sent next: these are made while the node has it not.
    forget("k");
    sandbox.rpc.require("anvil_mine", "0x6");
    sandbox.rpc.require("eth_sendRawTransaction", state("k").signed().orElseThrow().raw());

    submitter.reconcile();
    assertThat(attempts("k")).hasSize(1);
    forget("k");
    submitter.reconcile();
    assertThat(attempts("k")).hasSize(2);
  }

  /** It took it for later than one that was mined meanwhile, and makes blocks of nothing else. */
  @Test
  void whatTheNodeLeavesOutIsMinedWithOtherBytesAndWhatFollowsToo() {
    sendFromElsewhere();
    automine(false);
    JournaledTransactionSubmitter submitter = submitter();
    submitter.submit(mint("k"), SHORT);
    submitter.submit(mint("follower"), SHORT);
    SignedTransaction leftOut = state("k").signed().orElseThrow();
    forget("follower");
    forget("k");
    sellersNonce(leftOut.nonce() - 1);
    sandbox.rpc.require("eth_sendRawTransaction", leftOut.raw());
    sellersNonce(leftOut.nonce());
    automine(true);

    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(Settled.class);
    assertThat(submitter.submit(mint("follower"), PATIENCE)).isInstanceOf(Settled.class);
    assertThat(attempts("k")).hasSize(2).last().isEqualTo(leftOut);
    assertThat(minted()).isEqualTo(TEN.add(TEN));
  }

  @Test
  void whatCannotBePaidIsNotStored() {
    JournaledTransactionSubmitter submitter = submitter();
    SignedTransaction only = stuck(submitter, mint("k"));
    sandbox.rpc.require("anvil_setBalance", sandbox.seller.address().hex(), "0x1");
    submitter.reconcile();

    assertThat(attempts("k")).containsExactly(only);
  }

  /** A cap that leaves no room for an eighth more than what is offered at first. */
  private JournaledTransactionSubmitter atTheCap() {
    BigInteger offered =
        new Preparation(new Node(rpc), sandbox.chain, SETTINGS).fees().maxFeePerGas();
    return submitter(sandbox.seller, SETTINGS.withMaxFeePerGas(offered.add(BigInteger.ONE)));
  }

  private SignedTransaction stuck(
      JournaledTransactionSubmitter submitter, SubmissionRequest request) {
    automine(false);
    submitter.submit(request, SHORT);
    letBlocksPass(submitter);
    return state(request.key()).signed().orElseThrow();
  }

  /** Blocks go by that are too dear; the next look finds it stuck. */
  private void letBlocksPass(JournaledTransactionSubmitter submitter) {
    submitter.reconcile();
    for (int i = 0; i < SETTINGS.stuckAfterBlocks(); i++) {
      mineAt(DEAR);
    }
  }

  /** The node has dropped what could not pay, and mines what it is sent from now on. */
  private void becomeCheap() {
    mineAt(CHEAP);
    automine(true);
  }

  private void mineAt(BigInteger baseFee) {
    sandbox.rpc.require("anvil_setNextBlockBaseFeePerGas", "0x" + baseFee.toString(16));
    mine();
  }

  private void sellersNonce(long nonce) {
    sandbox.rpc.require(
        "anvil_setNonce", sandbox.seller.address().hex(), "0x" + Long.toHexString(nonce));
  }

  private List<SignedTransaction> attempts(String key) {
    return journal.attempts(SubmissionId.of(sandbox.chain.chainId(), key));
  }
}
