package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine does when the node, the wire, the chain or the process fails it. */
final class SubmissionFaultsIT extends SubmissionFixture {
  @ParameterizedTest
  @EnumSource(RpcFault.class)
  void noFaultOfSendingLosesOrDoublesATransaction(RpcFault fault) {
    expect(fault);
    wire.failNext("eth_sendRawTransaction", fault, fault);

    assertThat(submitter().submit(mint("k"), PATIENCE))
        .isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }

  @ParameterizedTest
  @EnumSource(RpcFault.class)
  void noFaultOfWatchingLosesAResult(RpcFault fault) {
    expect(fault);
    wire.failNext("eth_getTransactionReceipt", fault, fault, fault);

    assertThat(submitter().submit(mint("k"), PATIENCE))
        .isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void aFaultBeforeSigningLeavesNothingBehindButTheKey() {
    wire.failNext("eth_call", RpcFault.BAD_GATEWAY);
    JournaledTransactionSubmitter submitter = submitter();

    assertThatThrownBy(() -> submitter.submit(mint("k"), PATIENCE))
        .isInstanceOf(ChainUnavailableException.class);
    assertThat(state("k")).isEqualTo(new SubmissionState.Claimed());
    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void aTransactionThatWaitsIsPendingAndLaterSettled() {
    sandbox.rpc.require("evm_setAutomine", false);
    JournaledTransactionSubmitter submitter = submitter();

    SubmissionOutcome waiting = submitter.submit(mint("k"), SHORT);
    assertThat(waiting).isInstanceOf(SubmissionOutcome.Pending.class);
    sandbox.rpc.require("evm_mine");

    assertThat(submitter.submit(mint("k"), PATIENCE))
        .isInstanceOfSatisfying(
            SubmissionOutcome.Settled.class,
            settled ->
                assertThat(settled.receipt().transaction())
                    .isEqualTo(((SubmissionOutcome.Pending) waiting).transaction()));
  }

  @Test
  void aSilentNodeGivesUnknownWithTheHashToAskBy() {
    wire.failNext("eth_sendRawTransaction", RpcFault.DROPPED_BEFORE);
    RpcFault[] silence = new RpcFault[50];
    Arrays.fill(silence, RpcFault.DROPPED_BEFORE);
    wire.failNext("eth_getTransactionReceipt", silence);
    SubmissionSettings patient = SETTINGS.withIntervals(SHORT, Duration.ofHours(1));

    assertThat(submitter(sandbox.seller, patient).submit(mint("k"), SHORT))
        .isEqualTo(new SubmissionOutcome.Unknown(state("k").signed().map(signed -> signed.hash())));
  }

  @Test
  void aProcessThatDiedBeforeSendingIsFinishedByTheNext() {
    RpcFault[] dead = new RpcFault[50];
    Arrays.fill(dead, RpcFault.DROPPED_BEFORE);
    wire.failNext("eth_sendRawTransaction", dead);
    submitter().submit(mint("k"), SHORT);
    assertThat(state("k")).isInstanceOf(SubmissionState.Signed.class);
    Hash32 signed = state("k").signed().orElseThrow().hash();

    rpc = sandbox.rpc;
    JournaledTransactionSubmitter next = submitter();
    assertThat(next.reconcile()).isEqualTo(new Reconciliation(0, 0, 1, 0, 0));

    assertThat(next.submit(mint("k"), PATIENCE))
        .isInstanceOfSatisfying(
            SubmissionOutcome.Settled.class,
            settled -> assertThat(settled.receipt().transaction()).isEqualTo(signed));
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void whatWasMinedMeanwhileIsFoundByItsHash() {
    sandbox.rpc.require("evm_setAutomine", false);
    submitter().submit(mint("k"), SHORT);
    sandbox.rpc.require("evm_mine");

    assertThat(submitter().reconcile()).isEqualTo(new Reconciliation(1, 0, 0, 0, 0));
    assertThat(state("k")).isInstanceOf(SubmissionState.Mined.class);
  }

  @Test
  void anUnsignedClaimWaitsForItsCaller() {
    journal.claim(sandbox.chain.chainId(), sandbox.seller.address(), mint("k"));

    assertThat(submitter().reconcile()).isEqualTo(new Reconciliation(0, 0, 0, 0, 1));
    assertThat(minted()).isZero();
  }

  @Test
  void aForgottenTransactionIsSentAgainAndARevertIsToldByName() {
    EvmAddress buyer = sandbox.buyer.address();
    TokenCalls token = new TokenCalls(sandbox.token);
    sandbox.send(buyer, token.mint(sandbox.seller.address(), TEN));
    sandbox.rpc.require("evm_setAutomine", false);
    JournaledTransactionSubmitter submitter = submitter();
    ChainCall spend = token.transfer(buyer, TEN);
    SubmissionRequest request = new SubmissionRequest("k", spend.to(), spend.data());
    submitter.submit(request, SHORT);
    forget("k");
    // What the transfer needs is taken away in the block before it.
    burnSellersTokens();
    sandbox.rpc.require("evm_setAutomine", true);

    assertThat(submitter.submit(request, PATIENCE))
        .isEqualTo(
            new SubmissionOutcome.Rejected(
                "reverted", "InsufficientBalance()", hash("k"), Inclusion.INCLUDED));
    assertThat(submitter.submit(request, PATIENCE)).isInstanceOf(SubmissionOutcome.Rejected.class);
  }

  @Test
  void anEmptyAccountIsToldToBeFunded() {
    LocalSigner poor = LocalSigner.random();

    assertThat(submitter(poor, SETTINGS).submit(mint("k"), PATIENCE))
        .isInstanceOfSatisfying(
            SubmissionOutcome.Rejected.class,
            rejected -> {
              assertThat(rejected.code()).isEqualTo("insufficient_funds");
              assertThat(rejected.reason()).contains(poor.address().hex());
            });
    assertThat(
            submitter(poor, SETTINGS)
                .submit(
                    new SubmissionRequest("v", sandbox.seller.address(), "0x", BigInteger.ONE),
                    PATIENCE))
        .isInstanceOf(SubmissionOutcome.Rejected.class);
  }

  @Test
  void capsOfGasAndFeesHold() {
    SubmissionSettings littleGas = SETTINGS.withMaxGas(TEN);
    SubmissionSettings littleFee = SETTINGS.withMaxFeePerGas(TEN);

    assertThat(code(submitter(sandbox.seller, littleGas).submit(mint("g"), PATIENCE)))
        .contains("gas_limit_exceeded");
    assertThat(code(submitter(sandbox.seller, littleFee).submit(mint("f"), PATIENCE)))
        .contains("fee_cap_exceeded");
    assertThat(submitter().submit(mint("f"), PATIENCE))
        .isInstanceOf(SubmissionOutcome.Settled.class);
  }

  @Test
  void twoProcessesWithOneAccountShareItsNonces() {
    JournaledTransactionSubmitter one = submitter();
    JournaledTransactionSubmitter other = submitter();
    sandbox.rpc.require("evm_setAutomine", false);
    for (int i = 0; i < 5; i++) {
      one.submit(mint("one/" + i), Duration.ZERO);
      other.submit(mint("other/" + i), Duration.ZERO);
    }
    sandbox.rpc.require("evm_mine");

    for (int i = 0; i < 5; i++) {
      assertThat(one.submit(mint("other/" + i), PATIENCE))
          .isInstanceOf(SubmissionOutcome.Settled.class);
      assertThat(other.submit(mint("one/" + i), PATIENCE))
          .isInstanceOf(SubmissionOutcome.Settled.class);
    }
    assertThat(minted()).isEqualTo(BigInteger.valueOf(100));
  }

  @RepeatedTest(5)
  void twoProcessesAtOnceLoseAndDoubleNothing() throws Exception {
    List<JournaledTransactionSubmitter> processes = List.of(submitter(), submitter());
    List<Callable<SubmissionOutcome>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      JournaledTransactionSubmitter process = processes.get(i % 2);
      // Every key is asked for four times, twice by each process.
      SubmissionRequest request = mint("k/" + i / 4);
      calls.add(() -> process.submit(request, PATIENCE));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<SubmissionOutcome> outcome : threads.invokeAll(calls)) {
        assertThat(outcome.get()).isInstanceOf(SubmissionOutcome.Settled.class);
      }
    }

    assertThat(minted()).isEqualTo(BigInteger.valueOf(100));
    assertThat(journal.fromNonce(sandbox.chain.chainId(), sandbox.seller.address(), 0)).hasSize(10);
  }
}
