package org.earnest.testkit.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionJournal.Claim;
import org.earnest.core.submission.SubmissionJournal.Transition;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Broadcast;
import org.earnest.core.submission.SubmissionState.Expired;
import org.earnest.core.submission.SubmissionState.Final;
import org.earnest.core.submission.SubmissionState.Mined;
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.earnest.core.submission.SubmissionState.Reorganised;
import org.earnest.core.submission.SubmissionState.Replaced;
import org.earnest.core.submission.SubmissionState.Reverted;
import org.earnest.core.submission.SubmissionState.Signed;
import org.junit.jupiter.api.Test;

/** What every {@link SubmissionJournal} does. A subclass hands over an empty one per test. */
public abstract class SubmissionJournalContract extends CarriageContract {
  @Test
  void aClaimTakesTheKey() {
    Submission taken = take("deal/1");

    assertThat(taken.state()).isEqualTo(CLAIMED);
    assertThat(taken.request()).isEqualTo(request("deal/1"));
    assertThat(journal().find(taken.id())).contains(taken);
  }

  @Test
  void anEqualRequestSharesTheSubmission() {
    Submission taken = take("k");
    Signed signed = signed(taken, transaction(SENDER, 0));

    assertThat(journal().claim(CHAIN, OTHER_SENDER, request("k")))
        .isEqualTo(new Claim.Shared(taken.in(signed)));
  }

  @Test
  void anotherRequestUnderTheKeyIsRefused() {
    Submission taken = take("k");

    for (SubmissionRequest other :
        List.of(
            new SubmissionRequest("k", address(9), "0x01"),
            new SubmissionRequest("k", address(7), "0x02"),
            new SubmissionRequest("k", address(7), "0x01", BigInteger.ONE))) {
      assertThat(journal().claim(CHAIN, SENDER, other)).isEqualTo(new Claim.Reused(taken.id()));
    }
    assertThat(journal().find(taken.id())).contains(taken);
  }

  @Test
  void whoeverAllowsItToBeGivenUpAllowsItForAll() {
    Submission taken = take("k");
    Submission widened = taken.allowing(request("k").orCancelled());
    assertThat(widened.request().cancellable()).isTrue();

    assertThat(journal().claim(CHAIN, SENDER, request("k"))).isEqualTo(new Claim.Shared(taken));
    assertThat(journal().claim(CHAIN, SENDER, request("k").orCancelled()))
        .isEqualTo(new Claim.Shared(widened));
    assertThat(journal().claim(CHAIN, SENDER, request("k"))).isEqualTo(new Claim.Shared(widened));
    assertThat(journal().find(taken.id())).contains(widened);
  }

  @Test
  void keysOfDifferentChainsDoNotMeet() {
    take("k");

    assertThat(journal().claim(OTHER_CHAIN, SENDER, request("k"))).isInstanceOf(Claim.Taken.class);
  }

  @Test
  void aRejectedRequestMayBeMadeAgain() {
    Submission taken = take("k");
    Rejected rejected = new Rejected("reverted", "TooEarly(1, 2)");
    Prepared prepared = new Prepared(transaction(SENDER, 0).plan());
    step(taken, CLAIMED, rejected);

    assertThat(journal().claim(CHAIN, OTHER_SENDER, request("k")))
        .isEqualTo(new Claim.Shared(taken.in(rejected)));
    assertThat(journal().find(taken.id())).contains(taken.in(rejected));
    step(taken, rejected, prepared);
    assertThat(journal().find(taken.id())).contains(taken.in(prepared));
  }

  @Test
  void aRejectedKeyStaysClosedToOtherRequests() {
    Submission taken = take("k");
    step(taken, CLAIMED, new Rejected("reverted", "TooEarly(1, 2)"));

    assertThat(journal().claim(CHAIN, SENDER, new SubmissionRequest("k", address(9), "0x")))
        .isEqualTo(new Claim.Reused(taken.id()));
  }

  @Test
  void aKeyMayHoldAnyCharacter() {
    String key = "eip155:1/erc20:0xab//ü\n'\"%";

    assertThat(journal().find(take(key).id()))
        .hasValueSatisfying(found -> assertThat(found.request().key()).isEqualTo(key));
  }

  @Test
  void valuesAndCalldataComeBackWhole() {
    String data = "0x" + "5a".repeat(100_000);
    BigInteger value = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    SubmissionRequest large = new SubmissionRequest("k", address(7), data, value).orCancelled();
    Submission taken = ((Claim.Taken) journal().claim(CHAIN, SENDER, large)).submission();

    assertThat(journal().find(taken.id())).contains(taken);
    assertThat(journal().claim(CHAIN, SENDER, large)).isEqualTo(new Claim.Shared(taken));
  }

  @Test
  void everyStateIsRemembered() {
    SignedTransaction tx = transaction(SENDER, 3);
    SignedTransaction rival = rival(tx, 1, false);
    SignedTransaction cancellation = rival(tx, 2, true);
    BlockRef block = new BlockRef(CHAIN, 9, hash(77));
    Submission row = take("k");
    List<SubmissionState> path =
        List.of(
            CLAIMED,
            new Rejected("insufficient_funds", "needs 1 wei more"),
            new Rejected("reverted", "TooEarly(1, 2)"),
            new Prepared(tx.plan()),
            new Signed(tx),
            new Broadcast(tx),
            new Mined(tx, block),
            new Final(tx, block, Optional.empty()),
            new Reorganised(tx),
            new Reverted(tx, block, "WrongState(2, 3)"),
            new Final(tx, block, Optional.of("WrongState(2, 3)")),
            new Reorganised(tx),
            new Mined(tx, block),
            new Reorganised(tx),
            new Broadcast(tx),
            new Replaced(tx),
            new Reorganised(tx),
            new Signed(rival),
            new Broadcast(rival),
            new Signed(cancellation),
            new Broadcast(cancellation),
            new Expired(cancellation, block),
            new Final(cancellation, block, Optional.empty()),
            new Reorganised(cancellation),
            new Mined(tx, block));
    for (int i = 1; i < path.size(); i++) {
      step(row, path.get(i - 1), path.get(i));
      assertThat(journal().find(row.id())).contains(row.in(path.get(i)));
    }
    assertThat(journal().attempts(row.id())).containsExactly(cancellation, rival, tx);
  }

  @Test
  void aStepFromAStateThatPassedIsStale() {
    Submission row = take("k");
    SignedTransaction tx = transaction(SENDER, 0);
    Signed signed = signed(row, tx);

    assertThat(advance(row, CLAIMED, new Prepared(transaction(SENDER, 1).plan())))
        .isEqualTo(Transition.STALE);
    assertThat(advance(row, CLAIMED, new Rejected("reverted", ""))).isEqualTo(Transition.STALE);
    assertThat(journal().find(row.id())).contains(row.in(signed));
  }

  @Test
  void aStepOfAnUnknownSubmissionIsStale() {
    assertThat(
            journal()
                .advance(
                    new Submission(CHAIN, SENDER, request("nobody"), CLAIMED).id(),
                    CLAIMED,
                    new Rejected("reverted", "")))
        .isEqualTo(Transition.STALE);
  }

  @Test
  void aStepThatTheTableForbidsIsABug() {
    Submission row = take("k");
    SignedTransaction tx = transaction(SENDER, 0);

    BlockRef block = new BlockRef(CHAIN, 9, hash(77));
    SignerLease lease = lease(SENDER);
    SubmissionState prepared = new Prepared(tx.plan());
    SubmissionState refused = new Rejected("reverted", "why");
    List<ThrowingCallable> forbidden =
        List.of(
            () -> journal().advance(row.id(), CLAIMED, new Broadcast(tx)),
            () -> journal().advance(row.id(), refused, new Rejected("reverted", "another")),
            () -> journal().advance(row.id(), refused, CLAIMED),
            () -> journal().advance(row.id(), CLAIMED, prepared),
            () -> journal().advance(row.id(), prepared, new Signed(tx)),
            () -> journal().advance(row.id(), new Broadcast(tx), new Signed(rival(tx, 1, false))),
            () -> journal().advance(lease, row.id(), new Broadcast(tx), new Signed(tx)),
            () ->
                journal()
                    .advance(
                        lease, row.id(), new Broadcast(tx), new Signed(transaction(SENDER, 1))),
            () -> journal().advance(row.id(), new Broadcast(tx), new Expired(tx, block)),
            () ->
                journal()
                    .advance(row.id(), new Broadcast(tx), new Mined(rival(tx, 1, true), block)),
            () ->
                journal().advance(row.id(), new Signed(tx), new Broadcast(transaction(SENDER, 1))),
            () -> journal().advance(lease, row.id(), CLAIMED, new Rejected("reverted", "")),
            () -> journal().advance(lease, row.id(), CLAIMED, new Signed(tx)),
            () -> journal().advance(lease(OTHER_SENDER), row.id(), CLAIMED, prepared),
            () -> journal().advance(lease, row.id(), prepared, new Signed(transaction(SENDER, 1))));
    for (ThrowingCallable step : forbidden) {
      assertThatThrownBy(step).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(journal().find(row.id())).contains(row);
  }

  @Test
  void aNonceIsGivenOutOncePerChainAndSigner() {
    signed(take("a"), transaction(SENDER, 5));
    Submission late = take("b");

    assertThat(advance(late, CLAIMED, new Prepared(transaction(SENDER, 5).plan())))
        .isEqualTo(Transition.NONCE_TAKEN);
    assertThat(journal().find(late.id())).contains(late);
    signed(late, transaction(OTHER_SENDER, 5));
    Submission elsewhere =
        ((Claim.Taken) journal().claim(OTHER_CHAIN, SENDER, request("a"))).submission();
    SignerLease there = journal().lease(OTHER_CHAIN, SENDER, HOLDER, TERM).orElseThrow();
    assertThat(
            journal()
                .advance(
                    there, elsewhere.id(), CLAIMED, new Prepared(transaction(SENDER, 5).plan())))
        .isEqualTo(Transition.APPLIED);
  }

  @Test
  void openRowsAreThoseSomebodyMustAttendTo() {
    Submission waiting = take("waiting");
    Submission second = sign("second", 2);
    Submission first = sign("first", 1);
    Submission numbered = take("numbered");
    Prepared prepared = new Prepared(transaction(SENDER, 3).plan());
    step(numbered, CLAIMED, prepared);
    SignedTransaction tx = transaction(SENDER, 0);
    Submission fallen = take("fallen");
    signed(fallen, tx);
    step(fallen, new Signed(tx), new Mined(tx, new BlockRef(CHAIN, 1, hash(1))));
    step(fallen, new Mined(tx, new BlockRef(CHAIN, 1, hash(1))), new Reorganised(tx));
    SignedTransaction done = transaction(SENDER, 4);
    Submission mined = take("mined");
    signed(mined, done);
    step(mined, new Signed(done), new Mined(done, new BlockRef(CHAIN, 1, hash(1))));
    step(take("refused"), CLAIMED, new Rejected("reverted", ""));
    journal().claim(CHAIN, OTHER_SENDER, request("others"));

    assertThat(journal().open(CHAIN, SENDER))
        .containsExactly(
            fallen.in(new Reorganised(tx)), first, second, numbered.in(prepared), waiting);
  }

  @Test
  void whoSignedIsResponsible() {
    Submission row = take("k");
    Signed signed = signed(row, transaction(OTHER_SENDER, 0));

    assertThat(journal().open(CHAIN, SENDER)).isEmpty();
    assertThat(journal().open(CHAIN, OTHER_SENDER)).containsExactly(row.in(signed));
  }

  @Test
  void whatIsInABlockIsListedUntilItIsFinal() {
    SignedTransaction high = transaction(SENDER, 0);
    SignedTransaction low = transaction(SENDER, 1);
    SignedTransaction firm = transaction(SENDER, 2);
    Mined second = new Mined(high, new BlockRef(CHAIN, 9, hash(9)));
    Reverted first = new Reverted(low, new BlockRef(CHAIN, 8, hash(8)), "why");
    Mined third = new Mined(firm, new BlockRef(CHAIN, 7, hash(7)));
    Submission a = include("a", high, second);
    Submission b = include("b", low, first);
    Submission c = include("c", firm, third);
    sign("waiting", 3);

    assertThat(journal().included(CHAIN, SENDER))
        .containsExactly(c.in(third), b.in(first), a.in(second));
    step(c, third, third.finalised().orElseThrow());
    assertThat(journal().included(CHAIN, SENDER)).containsExactly(b.in(first), a.in(second));
    assertThat(journal().included(CHAIN, OTHER_SENDER)).isEmpty();
  }

  @Test
  void whatIsFinalIsListedDownwards() {
    List<Submission> finals =
        IntStream.range(0, 4)
            .mapToObj(
                nonce -> {
                  SignedTransaction tx = transaction(SENDER, nonce);
                  Mined mined = new Mined(tx, new BlockRef(CHAIN, nonce, hash(nonce)));
                  Submission row = include("k" + nonce, tx, mined);
                  Final end = mined.finalised().orElseThrow();
                  step(row, mined, end);
                  return row.in(end);
                })
            .toList();
    SignedTransaction young = transaction(SENDER, 4);
    include("mined", young, new Mined(young, new BlockRef(CHAIN, 4, hash(4))));
    sign("waiting", 5);

    assertThat(journal().finals(CHAIN, SENDER, Long.MAX_VALUE, 2))
        .containsExactly(finals.get(3), finals.get(2));
    assertThat(journal().finals(CHAIN, SENDER, 2, 100))
        .containsExactly(finals.get(1), finals.get(0));
    assertThat(journal().finals(CHAIN, SENDER, 0, 100)).isEmpty();
    assertThat(journal().finals(CHAIN, OTHER_SENDER, Long.MAX_VALUE, 100)).isEmpty();
    assertThat(journal().finals(OTHER_CHAIN, SENDER, Long.MAX_VALUE, 100)).isEmpty();
  }

  private static SignedTransaction rival(SignedTransaction last, int attempt, boolean cancels) {
    BigInteger more = BigInteger.valueOf(attempt);
    return new SignedTransaction(
        last.signer(),
        last.nonce(),
        hash(5000 + attempt),
        "0x02f9" + attempt,
        last.gasLimit(),
        last.maxFeePerGas().add(more),
        last.maxPriorityFeePerGas().add(more),
        cancels);
  }

  private Submission include(String key, SignedTransaction transaction, SubmissionState state) {
    Submission row = take(key);
    step(row, signed(row, transaction), state);
    return row;
  }

  @Test
  void noncesAreListedUpwards() {
    Submission third = take("c");
    Prepared numbered = new Prepared(transaction(SENDER, 7).plan());
    step(third, CLAIMED, numbered);
    Submission first = sign("a", 5);
    Submission second = sign("b", 6);

    assertThat(journal().fromNonce(CHAIN, SENDER, 6)).containsExactly(second, third.in(numbered));
    assertThat(journal().fromNonce(CHAIN, SENDER, 0))
        .containsExactly(first, second, third.in(numbered));
    assertThat(journal().fromNonce(CHAIN, OTHER_SENDER, 0)).isEmpty();
    assertThat(journal().highestNonce(CHAIN, SENDER)).hasValue(7);
    assertThat(journal().highestNonce(OTHER_CHAIN, SENDER)).isEmpty();
  }

  @Test
  void ofManyEqualClaimsAtOnceOneTakesTheKey() throws Exception {
    List<Claim> claims = atOnce(i -> journal().claim(CHAIN, SENDER, request("k")));

    assertThat(claims).filteredOn(Claim.Taken.class::isInstance).hasSize(1);
    assertThat(claims).filteredOn(Claim.Shared.class::isInstance).hasSize(CALLERS - 1);
  }

  @Test
  void ofManyTakersOfANonceOneGetsIt() throws Exception {
    List<Submission> rows = IntStream.range(0, CALLERS).mapToObj(i -> take("k" + i)).toList();

    List<Transition> steps =
        atOnce(
            i -> {
              SignedTransaction tx = transaction(SENDER, 4, hash(100 + i));
              return advance(rows.get(i), CLAIMED, new Prepared(tx.plan()));
            });

    assertThat(steps).filteredOn(step -> step == Transition.APPLIED).hasSize(1);
    assertThat(steps).filteredOn(step -> step == Transition.NONCE_TAKEN).hasSize(CALLERS - 1);
  }
}
