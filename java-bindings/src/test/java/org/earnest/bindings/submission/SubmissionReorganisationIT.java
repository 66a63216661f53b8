package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionState;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.Test;

/** What the engine does when the chain takes back what it had said, or a node does not know it. */
final class SubmissionReorganisationIT extends SubmissionFixture {
  @Test
  void whatAReorganisationTookBackIsMinedAgainWithTheSameBytes() {
    JournaledTransactionSubmitter submitter = submitter();
    submitter.submit(mint("before"), PATIENCE);
    String snapshot = sandbox.rpc.require("evm_snapshot").stringValue();
    submitter.submit(mint("a"), PATIENCE);
    submitter.submit(mint("b"), PATIENCE);
    Hash32 hash = state("a").signed().orElseThrow().hash();
    sandbox.rpc.require("evm_revert", snapshot);
    assertThat(minted()).isEqualTo(TEN);

    assertThat(submitter.reconcile()).isEqualTo(new Reconciliation(0, 2, 0, 0, 0));
    assertThat(submitter.submit(mint("b"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(submitter.submit(mint("a"), PATIENCE))
        .isInstanceOfSatisfying(
            SubmissionOutcome.Settled.class,
            settled -> assertThat(settled.receipt().transaction()).isEqualTo(hash));
    assertThat(minted()).isEqualTo(BigInteger.valueOf(30));
  }

  @Test
  void askingAgainAfterAReorganisationSendsTheSameBytes() {
    JournaledTransactionSubmitter submitter = submitter();
    String snapshot = sandbox.rpc.require("evm_snapshot").stringValue();
    submitter.submit(mint("k"), PATIENCE);
    Hash32 hash = state("k").signed().orElseThrow().hash();
    sandbox.rpc.require("evm_revert", snapshot);

    assertThat(submitter.submit(mint("k"), PATIENCE))
        .isInstanceOfSatisfying(
            SubmissionOutcome.Settled.class,
            settled -> assertThat(settled.receipt().transaction()).isEqualTo(hash));
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void aLaggingNodeTakesNothingBack() {
    JournaledTransactionSubmitter submitter = submitter();
    submitter.submit(mint("k"), PATIENCE);
    RpcFault[] lag = new RpcFault[500];
    Arrays.fill(lag, RpcFault.NULL_RESULT);
    wire.failNext("eth_getTransactionReceipt", lag);

    assertThat(submitter.submit(mint("k"), SHORT)).isInstanceOf(SubmissionOutcome.Unknown.class);
    assertThat(state("k")).isInstanceOf(SubmissionState.Mined.class);
  }

  @Test
  void aNonceSpentElsewhereEndsTheSubmission() {
    sandbox.rpc.require("evm_setAutomine", false);
    JournaledTransactionSubmitter submitter = submitter();
    submitter.submit(mint("k"), SHORT);
    forget("k");
    EvmAddress seller = sandbox.seller.address();
    sandbox.rpc.require("eth_sendTransaction", Map.of("from", seller.hex(), "to", seller.hex()));
    sandbox.rpc.require("evm_mine");
    assertThat(code(submitter.submit(mint("k"), SHORT))).isEmpty();
    assertThat(state("k").open()).isTrue();
    sandbox.rpc.require("anvil_mine", "0xc");

    assertThat(submitter.submit(mint("k"), PATIENCE))
        .isInstanceOfSatisfying(
            SubmissionOutcome.Rejected.class,
            rejected -> assertThat(rejected.code()).isEqualTo("nonce_spent"));
    assertThat(minted()).isZero();
  }

  @Test
  void whatWasMinedAndThenRevertedIsNotSettled() {
    JournaledTransactionSubmitter submitter = submitter();
    submitter.submit(mint("before"), PATIENCE);
    String snapshot = sandbox.rpc.require("evm_snapshot").stringValue();
    submitter.submit(spend("k"), PATIENCE);
    assertThat(state("k")).isInstanceOf(SubmissionState.Mined.class);
    sandbox.rpc.require("evm_revert", snapshot);
    burnSellersTokens();
    mineAgain("k");

    assertThat(submitter.submit(spend("k"), PATIENCE))
        .isEqualTo(
            new SubmissionOutcome.Rejected(
                "reverted", "InsufficientBalance()", hash("k"), Inclusion.INCLUDED));
    assertThat(state("k")).isInstanceOf(SubmissionState.Reverted.class);
  }

  @Test
  void whatWasRevertedAndThenSucceededIsSettled() {
    JournaledTransactionSubmitter submitter = submitter();
    submitter.submit(mint("before"), PATIENCE);
    String snapshot = sandbox.rpc.require("evm_snapshot").stringValue();
    automine(false);
    submitter.submit(spend("k"), SHORT);
    forget("k");
    burnSellersTokens();
    automine(true);
    assertThat(code(submitter.submit(spend("k"), PATIENCE))).contains("reverted");
    sandbox.rpc.require("evm_revert", snapshot);
    mineAgain("k");

    assertThat(submitter.submit(spend("k"), PATIENCE))
        .isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(state("k")).isInstanceOf(SubmissionState.Mined.class);
  }

  @Test
  void whatAForeignTransactionHadReplacedIsSentAgainWhenThatOneFallsOut() {
    automine(false);
    JournaledTransactionSubmitter submitter = submitter();
    submitter.submit(mint("k"), SHORT);
    forget("k");
    String snapshot = sandbox.rpc.require("evm_snapshot").stringValue();
    sendFromElsewhere();
    sandbox.rpc.require("anvil_mine", "0xd");
    assertThat(code(submitter.submit(mint("k"), PATIENCE))).contains("nonce_spent");
    sandbox.rpc.require("evm_revert", snapshot);
    automine(true);

    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void aNodeThatHidesTheReceiptDoesNotMakeAPaidTransactionForeign() {
    failAll("eth_getTransactionReceipt", RpcFault.NULL_RESULT);
    JournaledTransactionSubmitter submitter = submitter();
    submitter.submit(mint("k"), Duration.ofSeconds(1));

    awaitReceipt(hash("k"));
    assertThat(minted()).isEqualTo(TEN);
    assertThat(state("k").open()).isTrue();
    rpc = sandbox.rpc;
    assertThat(submitter().submit(mint("k"), PATIENCE))
        .isInstanceOf(SubmissionOutcome.Settled.class);
  }

  /** The stored bytes reach a block without the engine's doing. */
  private void mineAgain(String key) {
    sandbox.rpc.require("eth_sendRawTransaction", state(key).signed().orElseThrow().raw());
    awaitReceipt(hash(key));
  }
}
