package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.earnest.bindings.signer.SigningPolicy;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionOutcome.Rejected;
import org.earnest.core.submission.SubmissionOutcome.Settled;
import org.earnest.core.submission.SubmissionOutcome.Unknown;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Carried;
import org.earnest.core.submission.SubmissionState.Mined;
import org.junit.jupiter.api.Test;

/** Several requests in one transaction, each with its own key and outcome. */
final class BatchSubmitterIT extends BatchFixture {
  @Test
  void allAreDoneInOneTransaction() {
    List<SubmissionOutcome> outcomes = batches().submit(mints("a", "b", "c"), PATIENCE);

    assertThat(transactions(outcomes)).hasSize(1);
    assertThat(sent()).isEqualTo(1);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(30));
    assertThat(outcomes)
        .allSatisfy(
            outcome -> {
              assertThat(((Settled) outcome).receipt().logs()).hasSize(1);
              assertThat(((Settled) outcome).receipt().logs().getFirst().address())
                  .isEqualTo(sandbox.token);
            });
    assertThat(state("a")).isInstanceOf(Carried.class);
  }

  @Test
  void theSameItemLaterAloneOrInAnotherBatchIsNotSentAgain() {
    Hash32 first = transactions(batches().submit(mints("a", "b"), PATIENCE)).iterator().next();

    assertThat(transactions(List.of(submitter().submit(mint("a"), PATIENCE))))
        .containsExactly(first);
    List<SubmissionOutcome> again = batches().submit(mints("b", "c", "d", "a"), PATIENCE);
    assertThat(transactions(again)).hasSize(2).contains(first);
    assertThat(sent()).isEqualTo(2);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(40));
  }

  @Test
  void anotherRequestUnderAKeyIsRefusedAndTheOthersAreDone() {
    SubmissionRequest other = new SubmissionRequest("a", sandbox.token, "0x");
    List<SubmissionOutcome> outcomes =
        batches().submit(List.of(mint("a"), other, mint("b"), mint("a")), PATIENCE);

    assertThat(code(outcomes.get(1))).contains("key_reused");
    assertThat(transactions(List.of(outcomes.get(0), outcomes.get(2), outcomes.get(3)))).hasSize(1);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(20));
    assertThat(code(submitter().submit(other, PATIENCE))).contains("key_reused");
  }

  @Test
  void whatWouldRevertIsLeftOutAndCostsNothing() {
    List<SubmissionOutcome> outcomes =
        batches().submit(List.of(mint("a"), take("empty"), mint("b")), PATIENCE);

    assertThat(outcomes.get(1)).isEqualTo(new Rejected("reverted", "InsufficientBalance()"));
    assertThat(transactions(List.of(outcomes.get(0), outcomes.get(2)))).hasSize(1);
    fillContract();
    assertThat(transactions(batches().submit(List.of(take("empty"), mint("c")), PATIENCE)))
        .hasSize(1);
  }

  @Test
  void whatFailsAfterTheOthersIsLeftOutAndToldWhy() {
    giveBuyerTen();
    List<SubmissionOutcome> outcomes =
        batches().submit(List.of(mint("a"), pay("first"), pay("second"), mint("b")), PATIENCE);

    assertThat(transactions(List.of(outcomes.get(0), outcomes.get(1), outcomes.get(3)))).hasSize(1);
    assertThat(outcomes.get(2)).isEqualTo(new Rejected("reverted", "InsufficientBalance()"));
    assertThat(sent()).isEqualTo(1);
    giveBuyerTen();
    assertThat(transactions(batches().submit(List.of(pay("second"), mint("c")), PATIENCE)))
        .hasSize(1);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(50));
  }

  @Test
  void oneThatFailsOnTheChainLeavesTheOthersAloneAndStaysFailed() {
    fillContract();
    automine(false);
    batches().submit(List.of(mint("a"), take("taken"), mint("b")), SHORT);
    Submission waiting = journal.find(((Carried) state("taken")).carrier()).orElseThrow();
    assertThat(new CarriedReceipts(sandbox.chain).of(waiting, 1)).isInstanceOf(Unknown.class);
    burn(contract);
    automine(true);
    List<SubmissionOutcome> outcomes =
        batches().submit(List.of(mint("a"), take("taken"), mint("b")), PATIENCE);

    Set<Hash32> settled = transactions(List.of(outcomes.get(0), outcomes.get(2)));
    Rejected reverted =
        new Rejected(
            "reverted", "InsufficientBalance()", settled.iterator().next(), Inclusion.INCLUDED);
    assertThat(outcomes.get(1)).isEqualTo(reverted);
    assertThat(heard).containsExactly("call failed 1");
    Submission carrier = journal.find(((Carried) state("taken")).carrier()).orElseThrow();
    assertThat(new CarriedReceipts(sandbox.chain).of(carrier, 1)).isEqualTo(reverted);
    assertThat(new CarriedReceipts(sandbox.chain).of(carrier, 2)).isEqualTo(outcomes.get(2));
    assertThat(minted()).isEqualTo(BigInteger.valueOf(20));
    fillContract();
    assertThat(submitter().submit(take("taken"), PATIENCE)).isEqualTo(reverted);
    assertThat(batches().submit(List.of(take("taken"), mint("c")), PATIENCE).getFirst())
        .isEqualTo(reverted);
  }

  @Test
  void whatHasNoRoomIsSentAlone() {
    SubmissionSettings tight = SETTINGS.withMaxGas(BigInteger.valueOf(250_000));
    List<SubmissionOutcome> outcomes =
        batches(tight, journal).submit(mints("a", "b", "c", "d"), PATIENCE);

    assertThat(transactions(outcomes)).hasSize(3);
    assertThat(state("a")).isInstanceOf(Carried.class);
    assertThat(state("d")).isInstanceOf(Mined.class);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(40));
  }

  /** All six together would be refused, and each sent alone. */
  @Test
  void aBatchIsNotFilledBeyondWhatTheKeysPolicyLetsItCost() {
    List<SubmissionOutcome> outcomes =
        batches(SETTINGS.withPolicy(minting(gwei(1_500_000))), journal)
            .submit(mints("a", "b", "c", "d", "e", "f"), PATIENCE);

    assertThat(transactions(outcomes)).hasSizeBetween(2, 5);
    assertThat(state("a")).isInstanceOf(Carried.class);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(60));
  }

  private static BigInteger gwei(long amount) {
    return BigInteger.valueOf(amount).multiply(BigInteger.TEN.pow(9));
  }

  private SigningPolicy minting(BigInteger maxFee) {
    String mint = mint("any").data().substring(0, 10);
    return new SigningPolicy(
        Map.of(
            contract,
            new SigningPolicy.Allowed(Set.of(selectorOfExecute()), false),
            sandbox.token,
            new SigningPolicy.Allowed(Set.of(mint), false)),
        BigInteger.ZERO,
        maxFee,
        BigInteger.TEN.pow(18));
  }

  @Test
  void nothingIsCarriedToAnAddressWithoutTheContract() {
    contract = sandbox.buyer.address();

    assertThat(transactions(batches().submit(mints("a", "b"), PATIENCE))).hasSize(2);
    assertThat(state("a")).isInstanceOf(Mined.class);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(20));
  }

  @Test
  void oneOfItsKindIsSentAlone() {
    transactions(batches().submit(mints("a"), PATIENCE));

    assertThat(state("a")).isInstanceOf(Mined.class);
  }

  @Test
  void theSameItemsAloneAndInBatchesAtOnceAreDoneOnce() throws Exception {
    String[] keys = IntStream.range(0, 10).mapToObj(i -> "k/" + i).toArray(String[]::new);
    List<Callable<List<SubmissionOutcome>>> calls = new ArrayList<>();
    List<JournaledTransactionSubmitter> processes = List.of(submitter(), submitter());
    List<BatchSubmitter> batchers = List.of(batches(), batches());
    for (int i = 0; i < keys.length; i++) {
      SubmissionRequest alone = mint(keys[i]);
      JournaledTransactionSubmitter process = processes.get(i % 2);
      BatchSubmitter batcher = batchers.get(i % 2);
      calls.add(() -> List.of(process.submit(alone, PATIENCE)));
      calls.add(() -> batcher.submit(mints(keys), PATIENCE));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<SubmissionOutcome>> outcomes : threads.invokeAll(calls)) {
        assertThat(outcomes.get()).allMatch(Settled.class::isInstance);
      }
    }
    assertThat(minted()).isEqualTo(BigInteger.valueOf(100));
  }

  @Test
  void ofABatchThatIsRefusedEachIsToldItsOwn() {
    SubmissionSettings mean = SETTINGS.withMaxFeePerGas(BigInteger.ONE);
    List<SubmissionOutcome> outcomes =
        batches(mean, journal).submit(mints("a", "b", "c", "d"), PATIENCE);

    assertThat(outcomes).allMatch(outcome -> code(outcome).equals(Optional.of("fee_cap_exceeded")));
    assertThat(state("a")).isInstanceOf(SubmissionState.Rejected.class);
    assertThat(sent()).isZero();
    transactions(List.of(submitter().submit(mint("a"), PATIENCE)));
    assertThat(transactions(batches().submit(mints("a", "b", "c", "d"), PATIENCE))).hasSize(2);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(40));
  }

  @Test
  void whatTheKeyMayNotSendItMayNotHaveABatchSend() {
    BigInteger much = BigInteger.TEN.pow(18);
    SigningPolicy.Allowed execute = new SigningPolicy.Allowed(Set.of(selectorOfExecute()), false);
    SigningPolicy policy = new SigningPolicy(Map.of(contract, execute), much, much, much);

    List<SubmissionOutcome> outcomes =
        batches(SETTINGS.withPolicy(policy), journal).submit(mints("a", "b"), PATIENCE);

    assertThat(outcomes)
        .allMatch(outcome -> code(outcome).equals(Optional.of("policy_contract_not_allowed")));
    assertThat(sent()).isZero();
  }

  @Test
  void whatTheKeyMaySendButNotTogetherIsSentOneByOne() {
    BigInteger much = BigInteger.TEN.pow(18);
    SigningPolicy.Allowed minting =
        new SigningPolicy.Allowed(Set.of(mint("any").data().substring(0, 10)), false);
    SigningPolicy policy = new SigningPolicy(Map.of(sandbox.token, minting), much, much, much);

    List<SubmissionOutcome> outcomes =
        batches(SETTINGS.withPolicy(policy), journal).submit(mints("a", "b", "c"), PATIENCE);

    assertThat(transactions(outcomes)).hasSize(3);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(30));
  }

  @Test
  void itHasBounds() {
    BatchSubmitter batches = batches();
    SubmissionRequest valued = new SubmissionRequest("v", sandbox.token, "0x", BigInteger.ONE);

    assertThatThrownBy(() -> batches.submit(List.of(), PATIENCE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> batches.submit(List.of(mint("a"), valued), PATIENCE))
        .isInstanceOf(IllegalArgumentException.class);
    List<SubmissionRequest> many = IntStream.range(0, 65).mapToObj(i -> mint("m/" + i)).toList();
    assertThatThrownBy(() -> batches.submit(many, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(journal.open(sandbox.chain.chainId(), sandbox.seller.address())).isEmpty();
  }

  @Test
  void asManyAsItHoldsAreDone() {
    SubmissionSettings roomy = SETTINGS.withMaxGas(BigInteger.valueOf(10_000_000));
    List<SubmissionRequest> all = IntStream.range(0, 64).mapToObj(i -> mint("m/" + i)).toList();

    assertThat(transactions(batches(roomy, journal).submit(all, PATIENCE))).hasSize(1);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(640));
  }
}
