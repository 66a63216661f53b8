package org.earnest.testkit.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionJournal.Claim;
import org.earnest.core.submission.SubmissionJournal.Transition;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Claimed;
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.core.submission.SubmissionState.Signed;
import org.junit.jupiter.api.Test;

/** What every {@link SubmissionJournal} does with leases, and the steps that both suites take. */
abstract class SignerLeaseContract {
  static final int CALLERS = 16;
  static final int MAX_TRIES = 1_000;
  static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);
  static final Caip2ChainId OTHER_CHAIN = Caip2ChainId.eip155(1);
  static final EvmAddress SENDER = address(1);
  static final EvmAddress OTHER_SENDER = address(2);
  static final SubmissionState CLAIMED = new Claimed();
  static final UUID HOLDER = new UUID(0, 1);
  static final UUID OTHER_HOLDER = new UUID(0, 2);
  static final Duration TERM = Duration.ofMinutes(10);

  /** An empty journal; the same one within a test. */
  protected abstract SubmissionJournal journal();

  @Test
  void aLeaseIsHeldByOneAtATime() {
    SignerLease lease = journal().lease(CHAIN, SENDER, HOLDER, TERM).orElseThrow();

    assertThat(journal().lease(CHAIN, SENDER, OTHER_HOLDER, TERM)).isEmpty();
    assertThat(journal().lease(CHAIN, SENDER, HOLDER, TERM)).contains(lease);
    assertThat(journal().lease(CHAIN, OTHER_SENDER, OTHER_HOLDER, TERM)).isPresent();
    assertThat(journal().lease(OTHER_CHAIN, SENDER, OTHER_HOLDER, TERM)).isPresent();
  }

  @Test
  void aLeaseThatWasGivenBackPassesOnWithAHigherToken() {
    SignerLease first = journal().lease(CHAIN, SENDER, HOLDER, TERM).orElseThrow();
    journal().release(first);

    assertThat(journal().lease(CHAIN, SENDER, OTHER_HOLDER, TERM))
        .hasValueSatisfying(next -> assertThat(next.token()).isGreaterThan(first.token()));
    journal().release(first);
    assertThat(journal().lease(CHAIN, SENDER, HOLDER, TERM)).isEmpty();
  }

  @Test
  void aLeasePassesOnWhenItsTermIsOver() {
    SignerLease first = journal().lease(CHAIN, SENDER, HOLDER, Duration.ZERO).orElseThrow();

    SignerLease next = takenOver(SENDER);
    assertThat(next.token()).isGreaterThan(first.token());
  }

  @Test
  void whoLostTheLeaseCanNeitherNumberNorSign() {
    Submission claimed = take("claimed");
    Submission row = take("numbered");
    Prepared prepared = new Prepared(transaction(SENDER, 0).plan());
    SignerLease slept = journal().lease(CHAIN, SENDER, HOLDER, Duration.ZERO).orElseThrow();
    assertThat(journal().advance(slept, row.id(), CLAIMED, prepared)).isEqualTo(Transition.APPLIED);
    SignerLease next = takenOver(SENDER);

    assertThat(
            journal()
                .advance(slept, claimed.id(), CLAIMED, new Prepared(transaction(SENDER, 1).plan())))
        .isEqualTo(Transition.LEASE_LOST);
    Signed signed = new Signed(transaction(SENDER, 0));
    assertThat(journal().advance(slept, row.id(), prepared, signed))
        .isEqualTo(Transition.LEASE_LOST);
    assertThat(journal().find(claimed.id())).contains(claimed);
    assertThat(journal().find(row.id())).contains(row.in(prepared));
    assertThat(journal().advance(next, row.id(), prepared, signed)).isEqualTo(Transition.APPLIED);
  }

  SignerLease takenOver(EvmAddress signer) {
    Optional<SignerLease> lease = Optional.empty();
    // The journal's clock may stand still for a moment.
    for (int tries = 0; lease.isEmpty() && tries < MAX_TRIES; tries++) {
      lease = journal().lease(CHAIN, signer, OTHER_HOLDER, TERM);
    }
    return lease.orElseThrow();
  }

  @Test
  void ofManyTakersOfALeaseOneHoldsIt() throws Exception {
    List<Optional<SignerLease>> leases =
        atOnce(i -> journal().lease(CHAIN, SENDER, new UUID(1, i), TERM));

    assertThat(leases).filteredOn(Optional::isPresent).hasSize(1);
  }

  /** One caller of many. */
  interface Caller<T> {
    T call(int index);
  }

  static <T> List<T> atOnce(Caller<T> caller) throws Exception {
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

  Submission take(String key) {
    Claim claim = journal().claim(CHAIN, SENDER, request(key));
    assertThat(claim).isInstanceOf(Claim.Taken.class);
    return ((Claim.Taken) claim).submission();
  }

  Submission sign(String key, long nonce) {
    Submission row = take(key);
    return row.in(signed(row, transaction(SENDER, nonce)));
  }

  Signed signed(Submission claimed, SignedTransaction transaction) {
    Prepared prepared = new Prepared(transaction.plan());
    Signed signed = new Signed(transaction);
    step(claimed, CLAIMED, prepared);
    step(claimed, prepared, signed);
    return signed;
  }

  void step(Submission row, SubmissionState from, SubmissionState to) {
    assertThat(advance(row, from, to)).isEqualTo(Transition.APPLIED);
  }

  Transition advance(Submission row, SubmissionState from, SubmissionState to) {
    return to.needsLease()
        ? journal().advance(lease(to.planned().orElseThrow().signer()), row.id(), from, to)
        : journal().advance(row.id(), from, to);
  }

  SignerLease lease(EvmAddress signer) {
    return journal().lease(CHAIN, signer, HOLDER, TERM).orElseThrow();
  }

  static SubmissionRequest request(String key) {
    return new SubmissionRequest(key, address(7), "0x01");
  }

  static SignedTransaction transaction(EvmAddress signer, long nonce) {
    return transaction(signer, nonce, hash(1000 + nonce));
  }

  static SignedTransaction transaction(EvmAddress signer, long nonce, Hash32 hash) {
    return new SignedTransaction(
        signer,
        nonce,
        hash,
        "0x02f8" + Long.toHexString(0x1000 + nonce),
        BigInteger.valueOf(90_000),
        BigInteger.valueOf(3_000_000_000L),
        BigInteger.valueOf(1_000_000_000L));
  }

  static EvmAddress address(int number) {
    return new EvmAddress("0x" + "%040x".formatted(number));
  }

  static Hash32 hash(long number) {
    return new Hash32("0x" + "%064x".formatted(number));
  }
}
