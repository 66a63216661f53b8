package org.earnest.testkit.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionJournal.Claim;
import org.earnest.core.submission.SubmissionJournal.Transition;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Broadcast;
import org.earnest.core.submission.SubmissionState.Claimed;
import org.earnest.core.submission.SubmissionState.Mined;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.earnest.core.submission.SubmissionState.Replaced;
import org.earnest.core.submission.SubmissionState.Reverted;
import org.earnest.core.submission.SubmissionState.Signed;
import org.junit.jupiter.api.Test;

/** What every {@link SubmissionJournal} does. A subclass hands over an empty one per test. */
public abstract class SubmissionJournalContract {
  private static final int CALLERS = 16;
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);
  private static final Caip2ChainId OTHER_CHAIN = Caip2ChainId.eip155(1);
  private static final EvmAddress SENDER = address(1);
  private static final EvmAddress OTHER_SENDER = address(2);
  private static final SubmissionState CLAIMED = new Claimed();

  /** An empty journal; the same one within a test. */
  protected abstract SubmissionJournal journal();

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
    Signed signed = new Signed(transaction(SENDER, 0));
    step(taken, CLAIMED, signed);

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
  void keysOfDifferentChainsDoNotMeet() {
    take("k");

    assertThat(journal().claim(OTHER_CHAIN, SENDER, request("k"))).isInstanceOf(Claim.Taken.class);
  }

  @Test
  void aRejectedRequestMayBeMadeAgain() {
    Submission taken = take("k");
    step(taken, CLAIMED, new Rejected("reverted", "TooEarly(1, 2)"));

    assertThat(journal().claim(CHAIN, SENDER, request("k"))).isEqualTo(new Claim.Taken(taken));
    assertThat(journal().find(taken.id())).contains(taken);
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
    SubmissionRequest large = new SubmissionRequest("k", address(7), data, value);
    Submission taken = ((Claim.Taken) journal().claim(CHAIN, SENDER, large)).submission();

    assertThat(journal().find(taken.id())).contains(taken);
    assertThat(journal().claim(CHAIN, SENDER, large)).isEqualTo(new Claim.Shared(taken));
  }

  @Test
  void everyStateIsRemembered() {
    SignedTransaction tx = transaction(SENDER, 3);
    BlockRef block = new BlockRef(CHAIN, 9, hash(77));
    Submission row = take("k");
    List<SubmissionState> path =
        List.of(
            CLAIMED,
            new Rejected("insufficient_funds", "needs 1 wei more"),
            CLAIMED,
            new Signed(tx),
            new Broadcast(tx),
            new Mined(tx, block),
            new Signed(tx),
            new Reverted(tx, block, "WrongState(2, 3)"),
            new Signed(tx),
            new Replaced(tx),
            new Signed(tx),
            new Mined(tx, block));
    for (int i = 1; i < path.size(); i++) {
      step(row, path.get(i - 1), path.get(i));
      assertThat(journal().find(row.id())).contains(row.in(path.get(i)));
    }
  }

  @Test
  void aStepFromAStateThatPassedIsStale() {
    Submission row = take("k");
    SignedTransaction tx = transaction(SENDER, 0);
    step(row, CLAIMED, new Signed(tx));

    assertThat(journal().advance(row.id(), CLAIMED, new Signed(transaction(SENDER, 1))))
        .isEqualTo(Transition.STALE);
    assertThat(journal().find(row.id())).contains(row.in(new Signed(tx)));
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

    assertThatThrownBy(() -> journal().advance(row.id(), CLAIMED, new Broadcast(tx)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                journal().advance(row.id(), new Signed(tx), new Broadcast(transaction(SENDER, 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNonceIsGivenOutOncePerChainAndSigner() {
    step(take("a"), CLAIMED, new Signed(transaction(SENDER, 5)));
    Submission late = take("b");

    assertThat(journal().advance(late.id(), CLAIMED, new Signed(transaction(SENDER, 5))))
        .isEqualTo(Transition.NONCE_TAKEN);
    assertThat(journal().find(late.id())).contains(late);
    step(late, CLAIMED, new Signed(transaction(OTHER_SENDER, 5)));
    Submission elsewhere =
        ((Claim.Taken) journal().claim(OTHER_CHAIN, SENDER, request("a"))).submission();
    step(elsewhere, CLAIMED, new Signed(transaction(SENDER, 5)));
  }

  @Test
  void openRowsAreThoseSomebodyMustAttendTo() {
    Submission waiting = take("waiting");
    Submission second = sign("second", 2);
    Submission first = sign("first", 1);
    SignedTransaction tx = transaction(SENDER, 0);
    Submission mined = take("mined");
    step(mined, CLAIMED, new Signed(tx));
    step(mined, new Signed(tx), new Mined(tx, new BlockRef(CHAIN, 1, hash(1))));
    step(take("refused"), CLAIMED, new Rejected("reverted", ""));
    journal().claim(CHAIN, OTHER_SENDER, request("others"));

    assertThat(journal().open(CHAIN, SENDER)).containsExactly(first, second, waiting);
  }

  @Test
  void whoSignedIsResponsible() {
    Submission row = take("k");
    Signed signed = new Signed(transaction(OTHER_SENDER, 0));
    step(row, CLAIMED, signed);

    assertThat(journal().open(CHAIN, SENDER)).isEmpty();
    assertThat(journal().open(CHAIN, OTHER_SENDER)).containsExactly(row.in(signed));
  }

  @Test
  void noncesAreListedUpwards() {
    Submission third = sign("c", 7);
    Submission first = sign("a", 5);
    Submission second = sign("b", 6);

    assertThat(journal().fromNonce(CHAIN, SENDER, 6)).containsExactly(second, third);
    assertThat(journal().fromNonce(CHAIN, SENDER, 0)).containsExactly(first, second, third);
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
              return journal().advance(rows.get(i).id(), CLAIMED, new Signed(tx));
            });

    assertThat(steps).filteredOn(step -> step == Transition.APPLIED).hasSize(1);
    assertThat(steps).filteredOn(step -> step == Transition.NONCE_TAKEN).hasSize(CALLERS - 1);
  }

  /** One caller of many. */
  private interface Caller<T> {
    T call(int index);
  }

  private static <T> List<T> atOnce(Caller<T> caller) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<T>> calls =
          IntStream.range(0, CALLERS).mapToObj(i -> (Callable<T>) () -> caller.call(i)).toList();
      List<T> results = new java.util.ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    }
  }

  private Submission take(String key) {
    Claim claim = journal().claim(CHAIN, SENDER, request(key));
    assertThat(claim).isInstanceOf(Claim.Taken.class);
    return ((Claim.Taken) claim).submission();
  }

  private Submission sign(String key, long nonce) {
    Submission row = take(key);
    Signed signed = new Signed(transaction(SENDER, nonce));
    step(row, CLAIMED, signed);
    return row.in(signed);
  }

  private void step(Submission row, SubmissionState from, SubmissionState to) {
    assertThat(journal().advance(row.id(), from, to)).isEqualTo(Transition.APPLIED);
  }

  private static SubmissionRequest request(String key) {
    return new SubmissionRequest(key, address(7), "0x01");
  }

  private static SignedTransaction transaction(EvmAddress signer, long nonce) {
    return transaction(signer, nonce, hash(1000 + nonce));
  }

  private static SignedTransaction transaction(EvmAddress signer, long nonce, Hash32 hash) {
    return new SignedTransaction(
        signer,
        nonce,
        hash,
        "0x02f8" + Long.toHexString(0x1000 + nonce),
        BigInteger.valueOf(90_000),
        BigInteger.valueOf(3_000_000_000L),
        BigInteger.valueOf(1_000_000_000L));
  }

  private static EvmAddress address(int number) {
    return new EvmAddress("0x" + "%040x".formatted(number));
  }

  private static Hash32 hash(long number) {
    return new Hash32("0x" + "%064x".formatted(number));
  }
}
