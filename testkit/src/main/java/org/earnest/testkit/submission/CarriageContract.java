package org.earnest.testkit.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal.Claim;
import org.earnest.core.submission.SubmissionJournal.Step;
import org.earnest.core.submission.SubmissionJournal.Transition;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Broadcast;
import org.earnest.core.submission.SubmissionState.Carried;
import org.earnest.core.submission.SubmissionState.Dissolved;
import org.earnest.core.submission.SubmissionState.Expired;
import org.earnest.core.submission.SubmissionState.Final;
import org.earnest.core.submission.SubmissionState.Mined;
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.earnest.core.submission.SubmissionState.Replaced;
import org.earnest.core.submission.SubmissionState.Reverted;
import org.earnest.core.submission.SubmissionState.Signed;
import org.junit.jupiter.api.Test;

/** How every {@link org.earnest.core.submission.SubmissionJournal} has one carry others. */
abstract class CarriageContract extends CommitmentContract {
  private static final BlockRef BLOCK = new BlockRef(CHAIN, 9, hash(77));
  private static final Rejected REFUSED = new Rejected("gas_limit_exceeded", "too much");

  @Test
  void aCarrierIsClaimedWithWhatItCarries() {
    Submission first = take("a");
    Submission second = take("b");
    step(second, CLAIMED, REFUSED);

    assertThat(carry("batch", first, second.in(REFUSED))).isEqualTo(Transition.APPLIED);
    Submission carrier = found("batch");
    assertThat(carrier.state()).isEqualTo(CLAIMED);
    assertThat(carrier.request()).isEqualTo(request("batch"));
    assertThat(found("a").state()).isEqualTo(new Carried(carrier.id(), 0));
    assertThat(found("b").state()).isEqualTo(new Carried(carrier.id(), 1));
    assertThat(journal().open(CHAIN, SENDER)).containsExactly(carrier);
  }

  @Test
  void whatIsCarriedKeepsItsKey() {
    Submission item = take("a");
    carry("batch", item, take("b"));
    Submission carried = found("a");

    assertThat(journal().claim(CHAIN, OTHER_SENDER, request("a")))
        .isEqualTo(new Claim.Shared(carried));
    assertThat(journal().claim(CHAIN, SENDER, new SubmissionRequest("a", address(9), "0x01")))
        .isEqualTo(new Claim.Reused(item.id()));
  }

  @Test
  void allAreCarriedOrNone() {
    Submission first = take("a");
    Submission gone = take("b");
    step(gone, CLAIMED, REFUSED);

    assertThat(carry("batch", first, gone)).isEqualTo(Transition.STALE);
    assertThat(journal().find(SubmissionId.of(CHAIN, "batch"))).isEmpty();
    assertThat(found("a")).isEqualTo(first);
    assertThat(found("b")).isEqualTo(gone.in(REFUSED));
    Submission unknown = new Submission(CHAIN, SENDER, request("nobody"), CLAIMED);
    assertThat(carry("batch", first, unknown)).isEqualTo(Transition.STALE);
    assertThat(found("a")).isEqualTo(first);
  }

  @Test
  void aCarriersKeyIsNew() {
    Submission item = take("a");
    take("batch");

    assertThat(carry("batch", item)).isEqualTo(Transition.STALE);
    assertThat(found("a")).isEqualTo(item);
  }

  @Test
  void whatIsSignedOrCarriedIsNotCarried() {
    Submission item = take("a");
    carry("batch", item);
    Submission carried = found("a");
    Submission sent = sign("b", 0);

    for (Submission other : List.of(carried, sent)) {
      assertThatThrownBy(() -> carry("another", other))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(carry("another", item)).isEqualTo(Transition.STALE);
    assertThat(found("a")).isEqualTo(carried);
  }

  @Test
  void whatIsCarriedIsNeitherNumberedNorRefused() {
    Submission item = take("a");
    carry("batch", item);
    Prepared prepared = new Prepared(transaction(SENDER, 0).plan());

    assertThat(advance(item, CLAIMED, prepared)).isEqualTo(Transition.STALE);
    assertThat(advance(item, CLAIMED, REFUSED)).isEqualTo(Transition.STALE);
    SubmissionState carried = found("a").state();
    for (SubmissionState next : List.of(CLAIMED, REFUSED, prepared, new Dissolved())) {
      assertThatThrownBy(() -> advance(item, carried, next))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> advance(item, CLAIMED, carried))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRefusedCarrierIsDissolvedForGood() {
    carry("batch", take("a"), take("b"));
    Submission carrier = found("batch");
    assertThat(journal().dissolve(carrier.id())).isEmpty();
    step(carrier, CLAIMED, REFUSED);

    Submission refused = found("batch");
    List<Submission> items = List.of(found("a"), found("b"));
    assertThat(journal().dissolve(carrier.id()).orElseThrow())
        .containsExactlyInAnyOrder(
            new Step(refused, new Dissolved()),
            new Step(items.getFirst(), CLAIMED),
            new Step(items.getLast(), CLAIMED));
    assertThat(found("batch").state()).isEqualTo(new Dissolved());
    assertThat(found("a").state()).isEqualTo(CLAIMED);
    assertThat(found("b").state()).isEqualTo(CLAIMED);
    Prepared prepared = new Prepared(transaction(SENDER, 0).plan());
    assertThat(advance(carrier, REFUSED, prepared)).isEqualTo(Transition.STALE);
    assertThatThrownBy(() -> advance(carrier, new Dissolved(), prepared))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(journal().dissolve(carrier.id())).contains(List.of());
    assertThat(journal().dissolve(SubmissionId.of(CHAIN, "nobody"))).isEmpty();
  }

  @Test
  void whatWasGivenUpIsCarriedAgainAndStaysWithTheNewCarrier() {
    carry("batch", take("a"), take("b"));
    step(found("batch"), CLAIMED, REFUSED);
    journal().dissolve(found("batch").id());

    assertThat(carry("another", found("b"))).isEqualTo(Transition.APPLIED);
    assertThat(journal().dissolve(found("batch").id())).isPresent();
    assertThat(found("b").state()).isEqualTo(new Carried(found("another").id(), 0));
    signed(found("a"), transaction(SENDER, 0));
  }

  @Test
  void aCarrierThatMayStillBeMinedIsNotDissolved() {
    SignedTransaction tx = transaction(SENDER, 0);
    carry("batch", take("a"));
    Submission carrier = found("batch");
    List<SubmissionState> path =
        List.of(
            CLAIMED,
            new Prepared(tx.plan()),
            new Signed(tx),
            new Broadcast(tx),
            new Reverted(tx, BLOCK, "why"),
            new SubmissionState.Reorganised(tx),
            new Mined(tx, BLOCK),
            new Final(tx, BLOCK, Optional.empty()));
    for (int i = 1; i < path.size(); i++) {
      step(carrier, path.get(i - 1), path.get(i));
      assertThat(journal().dissolve(carrier.id())).isEmpty();
      assertThat(found("a").state()).isEqualTo(new Carried(carrier.id(), 0));
    }
  }

  @Test
  void whatHadNoEffectForGoodGivesUpWhatItCarried() {
    SignedTransaction reverted = transaction(SENDER, 0);
    SignedTransaction replaced = transaction(SENDER, 1);
    SignedTransaction cancelled = cancellation(transaction(SENDER, 2));
    sent("reverted", reverted, new Reverted(reverted, BLOCK, "why"));
    sent("replaced", replaced, new Replaced(replaced));
    sent("expired", transaction(SENDER, 2), new Expired(cancelled, BLOCK));

    for (String key : List.of("reverted", "expired")) {
      Submission carrier = found(key);
      assertThat(journal().dissolve(carrier.id())).isEmpty();
      step(carrier, carrier.state(), carrier.state().finalised().orElseThrow());
    }
    for (String key : List.of("reverted", "replaced", "expired")) {
      Submission carrier = found(key);
      assertThat(journal().dissolve(carrier.id())).isPresent();
      assertThat(found(key)).isEqualTo(carrier);
      assertThat(found("item of " + key).state()).isEqualTo(CLAIMED);
    }
  }

  @Test
  void ofManyBatchesAtOnceOneCarriesAnItem() throws Exception {
    Submission first = take("a");
    Submission second = take("b");

    List<Transition> steps =
        atOnce(
            i ->
                i % 2 == 0 ? carry("batch" + i, first, second) : carry("batch" + i, second, first));

    assertThat(steps).filteredOn(step -> step == Transition.APPLIED).hasSize(1);
    Carried carried = (Carried) found("a").state();
    assertThat(((Carried) found("b").state()).carrier()).isEqualTo(carried.carrier());
    assertThat(journal().open(CHAIN, SENDER))
        .extracting(Submission::id)
        .containsExactly(carried.carrier());
  }

  /** A carrier of one item, sent. */
  private void sent(String key, SignedTransaction transaction, SubmissionState end) {
    carry(key, take("item of " + key));
    Submission carrier = found(key);
    SubmissionState last = signed(carrier, transaction);
    SignedTransaction closed = end.signed().orElseThrow();
    if (closed.cancels()) {
      step(carrier, last, new Signed(closed));
      last = new Signed(closed);
    }
    step(carrier, last, end);
  }

  private static SignedTransaction cancellation(SignedTransaction of) {
    return new SignedTransaction(
        of.signer(),
        of.nonce(),
        hash(8000),
        "0x02fb",
        of.gasLimit(),
        of.maxFeePerGas().shiftLeft(1),
        of.maxPriorityFeePerGas(),
        true);
  }

  private Transition carry(String key, Submission... items) {
    return journal().carry(CHAIN, SENDER, request(key), List.of(items));
  }

  private Submission found(String key) {
    return journal().find(SubmissionId.of(CHAIN, key)).orElseThrow();
  }
}
