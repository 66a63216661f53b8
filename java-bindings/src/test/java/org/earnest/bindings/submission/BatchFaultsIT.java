package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.signer.SigningPolicy;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionOutcome.Pending;
import org.earnest.core.submission.SubmissionOutcome.Settled;
import org.earnest.core.submission.SubmissionOutcome.Unknown;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a batch when process, wire or chain fail it. */
final class BatchFaultsIT extends BatchFixture {
  @ParameterizedTest
  @ValueSource(
      classes = {
        SubmissionState.Prepared.class,
        SubmissionState.Signed.class,
        SubmissionState.Broadcast.class,
        SubmissionState.Mined.class
      })
  void aProcessThatDiesBetweenTwoStepsLosesAndDoublesNothing(
      Class<? extends SubmissionState> before) {
    FailingJournal dying = new FailingJournal(journal);
    dying.failStepsTo(Set.of(before));
    try {
      assertThat(batches(SETTINGS, dying).submit(mints("a", "b", "c"), SHORT))
          .noneMatch(SubmissionOutcome.Rejected.class::isInstance);
    } catch (JournalUnavailableException died) {
      assertThat(before).isEqualTo(SubmissionState.Prepared.class);
    }
    assertThat(state("a")).isInstanceOf(SubmissionState.Carried.class);

    submitter().reconcile();
    Hash32 alone = transactions(List.of(submitter().submit(mint("b"), PATIENCE))).iterator().next();
    assertThat(transactions(batches().submit(mints("a", "b", "c"), PATIENCE)))
        .containsExactly(alone);
    assertThat(sent()).isEqualTo(1);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(30));
  }

  @Test
  void aProcessThatDiesBeforeItGivesUpARefusedBatchLosesNothing() {
    FailingJournal dying = new FailingJournal(journal);
    dying.failStepsTo(Set.of(SubmissionState.Dissolved.class));
    SubmissionSettings mean = SETTINGS.withMaxFeePerGas(BigInteger.ONE);
    assertThatThrownBy(() -> batches(mean, dying).submit(mints("a", "b"), PATIENCE))
        .isInstanceOf(JournalUnavailableException.class);
    SubmissionState.Carried carried = (SubmissionState.Carried) state("a");
    assertThat(journal.find(carried.carrier()).orElseThrow().state())
        .isInstanceOf(SubmissionState.Rejected.class);

    transactions(List.of(submitter().submit(mint("b"), PATIENCE)));
    transactions(batches().submit(mints("a", "b"), PATIENCE));
    assertThat(journal.find(carried.carrier()).orElseThrow().state())
        .isEqualTo(new SubmissionState.Dissolved());
    assertThat(minted()).isEqualTo(BigInteger.valueOf(20));
  }

  /** It reverted as a whole, that is final, and the journal is away when its items are given up. */
  @Test
  void whoAsksForWhatABatchDidInVainIsToldItsTransactionAndNotTheFailure() {
    FailingJournal failing = new FailingJournal(journal);
    JournaledTransactionSubmitter submitter = submitter(sandbox.seller, SETTINGS, failing);
    automine(false);
    batches(SETTINGS, failing).submit(mints("a", "b"), SHORT);
    Hash32 vain = carrier("a").state().signed().orElseThrow().hash();
    String code = sandbox.rpc.require("eth_getCode", contract.hex(), "latest").stringValue();
    sandbox.rpc.require("anvil_setCode", contract.hex(), "0xfe");
    mine();
    sandbox.rpc.require("anvil_setCode", contract.hex(), code);
    sandbox.rpc.require("anvil_mine", "0xd");
    automine(true);

    failing.failStepsTo(Set.of(SubmissionState.Dissolved.class));
    assertThat(submitter.submit(mint("a"), PATIENCE)).isEqualTo(new Pending(vain));
    submitter.reconcile();
    assertThat(carrier("a").state()).isInstanceOf(SubmissionState.Final.class);
    assertThat(submitter.submit(mint("a"), PATIENCE)).isEqualTo(new Pending(vain));
    failing.failStepsTo(Set.of());
    transactions(batches().submit(mints("a", "b"), PATIENCE));
    assertThat(minted()).isEqualTo(BigInteger.valueOf(20));
  }

  private Submission carrier(String key) {
    return journal.find(((SubmissionState.Carried) state(key)).carrier()).orElseThrow();
  }

  /** Which of them it is, is by chance. */
  @Test
  void oneThatTheNodeDoesNotRehearseLeavesTheOthersTogether() {
    wire.failNext("eth_estimateGas", RpcFault.BAD_GATEWAY);

    assertThat(transactions(batches().submit(mints("a", "b", "c", "d"), PATIENCE))).hasSize(2);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(40));
  }

  @Test
  void whoCannotBeRehearsedAtAllKeepsNobodyFromTheirOutcome() {
    submitter().submit(mint("done"), PATIENCE);
    failAll("eth_estimateGas", RpcFault.BAD_GATEWAY);

    List<SubmissionOutcome> outcomes = batches().submit(mints("a", "done", "b"), PATIENCE);
    transactions(List.of(outcomes.get(1)));
    assertThat(outcomes.get(0)).isEqualTo(new Unknown(Optional.empty()));
    assertThat(outcomes.get(2)).isEqualTo(new Unknown(Optional.empty()));
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void whatWouldFailByTheTimeSomebodySignsTheBatchIsRefusedAndNotSent() {
    giveBuyerTen();
    FailingJournal dying = new FailingJournal(journal);
    dying.failStepsTo(Set.of(SubmissionState.Prepared.class));
    List<SubmissionRequest> items = List.of(mint("a"), pay("late"), mint("b"));
    assertThatThrownBy(() -> batches(SETTINGS, dying).submit(items, SHORT))
        .isInstanceOf(JournalUnavailableException.class);
    assertThat(state("late")).isInstanceOf(SubmissionState.Carried.class);
    burn(sandbox.buyer.address());

    List<SubmissionOutcome> outcomes = batches().submit(items, PATIENCE);
    assertThat(outcomes.get(1))
        .isEqualTo(new SubmissionOutcome.Rejected("reverted", "InsufficientBalance()"));
    assertThat(transactions(List.of(outcomes.get(0), outcomes.get(2)))).hasSize(2);
    giveBuyerTen();
    transactions(List.of(submitter().submit(pay("late"), PATIENCE)));
    assertThat(minted()).isEqualTo(BigInteger.valueOf(30));
  }

  @Test
  void aBatchThatSomebodyElsePutTogetherIsNotSignedAgainstThePolicy() {
    FailingJournal dying = new FailingJournal(journal);
    dying.failStepsTo(Set.of(SubmissionState.Prepared.class));
    List<SubmissionRequest> items = mints("a", "b");
    assertThatThrownBy(() -> batches(SETTINGS, dying).submit(items, SHORT))
        .isInstanceOf(JournalUnavailableException.class);
    assertThat(state("a")).isInstanceOf(SubmissionState.Carried.class);
    BigInteger much = BigInteger.TEN.pow(18);
    SigningPolicy.Allowed execute = new SigningPolicy.Allowed(Set.of(selectorOfExecute()), false);
    SubmissionSettings strict =
        SETTINGS.withPolicy(new SigningPolicy(Map.of(contract, execute), much, much, much));

    assertThat(code(submitter(sandbox.seller, strict, journal).submit(mint("a"), PATIENCE)))
        .contains("policy_contract_not_allowed");
    assertThat(sent()).isZero();
    transactions(batches().submit(items, PATIENCE));
    assertThat(minted()).isEqualTo(BigInteger.valueOf(20));
  }

  @ParameterizedTest
  @EnumSource(RpcFault.class)
  void noFaultOfSendingLosesOrDoublesABatch(RpcFault fault) {
    expect(fault);
    wire.failNext("eth_sendRawTransaction", fault, fault);

    assertThat(transactions(batches().submit(mints("a", "b"), PATIENCE))).hasSize(1);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(20));
  }

  @Test
  void whatAReorganisationTookBackIsMinedAgainAndItsItemsWithIt() {
    JournaledTransactionSubmitter submitter = submitter();
    submitter.submit(mint("before"), PATIENCE);
    String snapshot = sandbox.rpc.require("evm_snapshot").stringValue();
    Hash32 hash = transactions(batches().submit(mints("a", "b"), PATIENCE)).iterator().next();
    sandbox.rpc.require("evm_revert", snapshot);
    assertThat(minted()).isEqualTo(TEN);

    assertThat(transactions(List.of(submitter.submit(mint("b"), PATIENCE)))).containsExactly(hash);
    assertThat(transactions(batches().submit(mints("a", "b"), PATIENCE))).containsExactly(hash);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(30));
  }

  @Test
  void anItemThatRevertsOnlyInTheNewBlockIsToldSo() {
    submitter().submit(mint("before"), PATIENCE);
    fillContract();
    String snapshot = sandbox.rpc.require("evm_snapshot").stringValue();
    transactions(batches().submit(List.of(take("taken"), mint("b")), PATIENCE));
    sandbox.rpc.require("evm_revert", snapshot);
    burn(contract);

    assertThat(code(submitter().submit(take("taken"), PATIENCE))).contains("reverted");
    transactions(List.of(submitter().submit(mint("b"), PATIENCE)));
    assertThat(minted()).isEqualTo(BigInteger.valueOf(20));
  }

  @Test
  void anItemIsAsFinalAsItsCarrier() {
    transactions(batches().submit(mints("a", "b"), PATIENCE));
    sandbox.rpc.require("anvil_mine", "0xd");
    submitter().reconcile();

    assertThat(submitter().submit(mint("a"), PATIENCE))
        .isInstanceOfSatisfying(
            Settled.class, settled -> assertThat(settled.inclusion()).isEqualTo(Inclusion.FINAL));
  }

  @Test
  void aBatchThatWaitsIsPendingAndLaterSettled() {
    automine(false);
    List<SubmissionOutcome> waiting = batches().submit(mints("a", "b"), SHORT);
    assertThat(waiting).allMatch(Pending.class::isInstance);
    automine(true);
    mine();

    assertThat(transactions(batches().submit(mints("a", "b"), PATIENCE)))
        .containsExactly(((Pending) waiting.getFirst()).transaction());
  }

  @Test
  void aNonceSpentElsewhereGivesTheItemsUp() {
    automine(false);
    batches().submit(mints("a", "b"), SHORT);
    SubmissionState.Carried carried = (SubmissionState.Carried) state("a");
    Hash32 lost =
        journal.find(carried.carrier()).orElseThrow().state().signed().orElseThrow().hash();
    sandbox.rpc.require("anvil_dropTransaction", lost.hex());
    sendFromElsewhere();
    mine();
    assertThat(submitter().submit(mint("a"), SHORT)).isInstanceOfAny(Pending.class, Unknown.class);
    sandbox.rpc.require("anvil_mine", "0xc");
    automine(true);

    transactions(List.of(submitter().submit(mint("a"), PATIENCE)));
    transactions(batches().submit(mints("a", "b"), PATIENCE));
    assertThat(minted()).isEqualTo(BigInteger.valueOf(20));
  }
}
