package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionOperator;
import org.earnest.core.submission.SubmissionState;
import org.earnest.kit.submission.PostgresSubmissionJournal;
import org.earnest.payments.exact.ExactPayment;
import org.earnest.payments.testing.Buyer;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.Together;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settlements that come within a moment and share a transaction. */
class SettlementBatchIT extends OnChain {
  private static final int PAYMENTS = 40;
  private static final int FINAL = 13;
  private static final Duration SHORT = Duration.ofSeconds(3);

  /** For settlements that have to meet, on a busy machine as well. */
  private static final Duration MOMENT = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(5);

  private EvmFacilitator facilitator;

  @BeforeEach
  void open() {
    facilitator = world.batchingFacilitator();
  }

  @Test
  void manyShareTransactionsAndEachIsPaidOnce() throws Exception {
    facilitator = world.batchingFacilitator(MOMENT);
    List<FacilitatorRequest> payments =
        Stream.generate(() -> buyer.payment(offer)).limit(PAYMENTS).toList();
    List<FacilitatorRequest> asked = new ArrayList<>(payments);
    asked.addAll(payments.subList(0, 10));
    long before = world.transactions();
    long sellerBefore = world.balance(World.SELLER);

    List<SettleResponse> answers = Together.ask(asked.size(), asked, facilitator::settle);

    assertThat(answers).allMatch(SettleResponse::success);
    long transactions = answers.stream().map(SettleResponse::transaction).distinct().count();
    assertThat(transactions).isLessThan(PAYMENTS / 2);
    assertThat(world.transactions() - before).isEqualTo(transactions);
    Map<String, Long> together =
        payments.stream()
            .map(payment -> shown(payment).transaction().orElseThrow().hex())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(together)
        .allSatisfy(
            (transaction, items) -> {
              TransactionReceipt receipt =
                  world.chain.receipt(new Hash32(transaction)).orElseThrow();
              assertThat(Sending.share(receipt))
                  .isEqualTo(receipt.gasUsed().divide(BigInteger.valueOf(items)));
            });
    assertThat(spent()).isEqualTo(PRICE * PAYMENTS);
    assertThat(world.balance(World.SELLER) - sellerBefore).isEqualTo(PRICE * PAYMENTS);
    assertThat(payments)
        .allSatisfy(
            payment -> assertThat(shown(payment).state()).isEqualTo(SettlementState.SETTLED));
  }

  @Test
  void onePayerCannotSpoilTheOthers() throws Exception {
    FacilitatorRequest unpayable = Buyer.penniless().payment(offer);
    List<FacilitatorRequest> asked = List.of(buyer.payment(offer), unpayable, buyer.payment(offer));

    List<SettleResponse> answers = Together.ask(asked.size(), asked, facilitator::settle);

    assertThat(answers).extracting(SettleResponse::success).containsExactly(true, false, true);
    assertThat(spent()).isEqualTo(2 * PRICE);
  }

  @Test
  void whatSomebodyElseBringsOnChainBeforeTheBatchCountsAsSettledByThat() throws Exception {
    FacilitatorRequest preempted = buyer.payment(offer);
    FacilitatorRequest other = buyer.payment(offer);
    facilitator = world.batchingFacilitator(MOMENT);
    world.rpc.require("evm_setAutomine", false);
    String theirs;
    try {
      List<SettleResponse> pending =
          Together.ask(2, List.of(preempted, other), payment -> facilitator.settle(payment, SHORT));
      assertThat(pending).noneMatch(SettleResponse::success);
      assertThat(carrier(preempted).id()).isEqualTo(carrier(other).id());
      theirs = sendFromElsewhere(Payments.read(preempted));
    } finally {
      world.rpc.require("evm_setAutomine", true);
      world.mine(1);
    }

    assertThat(shown(preempted).transaction()).contains(new Hash32(theirs));
    assertThat(shown(other).transaction()).isNotEqualTo(shown(preempted).transaction());
    assertThat(List.of(shown(preempted).state(), shown(other).state()))
        .containsOnly(SettlementState.SETTLED);
    assertThat(facilitator.settle(preempted).transaction()).isEqualTo(theirs);
    assertThat(facilitator.settle(other).success()).isTrue();
    assertThat(spent()).isEqualTo(2 * PRICE);
  }

  @Test
  void aBatchThatIsGivenUpEndsNoPayment() throws Exception {
    List<FacilitatorRequest> payments = List.of(buyer.payment(offer), buyer.payment(offer));
    facilitator = world.batchingFacilitator(MOMENT);
    world.rpc.require("evm_setAutomine", false);
    try {
      Together.ask(2, payments, payment -> facilitator.settle(payment, SHORT));
      assertThat(world.submitter.cancel(carrier(payments.getFirst())))
          .isInstanceOf(SubmissionOperator.Intervention.Done.class);
    } finally {
      world.rpc.require("evm_setAutomine", true);
      world.mine(1);
    }
    SettleResponse inVain = facilitator.settle(payments.getFirst(), SHORT);
    assertThat(inVain.success()).isFalse();
    assertThat(inVain.transaction()).isNotEmpty();

    world.mine(FINAL);
    assertThat(shown(payments.getFirst()).isFinal()).isFalse();
    world.submitter.reconcile();
    assertThat(Together.ask(2, payments, facilitator::settle)).allMatch(SettleResponse::success);
    assertThat(spent()).isEqualTo(2 * PRICE);
  }

  /** Fresh keys are free: what they cost must not be shared by who pays. */
  @Test
  void aPaymentOfNothingCostsNoGas() {
    Buyer penniless = Buyer.penniless();
    long transactions = world.transactions();

    SettleResponse answer = facilitator.settle(penniless.payment(world.price(0)));

    assertThat(answer.errorReason()).contains("price_zero");
    assertThat(world.transactions()).isEqualTo(transactions);
  }

  /** The submission in whose transaction the payment is, once the node has that. */
  private static Submission carrier(FacilitatorRequest payment) {
    SubmissionJournal journal = PostgresSubmissionJournal.open(world.database);
    SubmissionId item =
        SubmissionId.of(world.chain.chainId(), Payments.read(payment).key().submissionKey());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Optional<Submission> carrier = carrier(journal, item);
    while (carrier.isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("no transaction carries " + journal.find(item));
      }
      LockSupport.parkNanos(LOOK.toNanos());
      carrier = carrier(journal, item);
    }
    return carrier.get();
  }

  private static Optional<Submission> carrier(SubmissionJournal journal, SubmissionId item) {
    return journal
        .find(item)
        .filter(submission -> submission.state() instanceof SubmissionState.Carried)
        .flatMap(
            submission -> journal.find(((SubmissionState.Carried) submission.state()).carrier()))
        .filter(submission -> submission.state() instanceof SubmissionState.Broadcast);
  }

  private Settlement shown(FacilitatorRequest payment) {
    return facilitator.settlement(Payments.read(payment).key().id()).orElseThrow();
  }

  /** With a tip that puts it first into the block. */
  private static String sendFromElsewhere(ExactPayment payment) {
    String stranger = world.rpc.require("eth_accounts").get(8).stringValue();
    return world
        .rpc
        .require(
            "eth_sendTransaction",
            Map.of(
                "from",
                stranger,
                "to",
                payment.transfer().to().hex(),
                "data",
                payment.transfer().data(),
                "gas",
                "0x30d40",
                "maxPriorityFeePerGas",
                "0x174876e800",
                "maxFeePerGas",
                "0x2e90edd000"))
        .stringValue();
  }
}
