package org.earnest.core.submission;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionState.Signed;

/**
 * The durable memory of every transaction to be sent. Each method is one atomic step; several
 * processes may share a journal. A key that is taken, a lease, what is {@link Signed} and what is
 * {@link #carry carried} are durable when the method returns, and with them all that was done
 * before. What follows them may be lost when the store itself crashes, the last step first: nothing
 * was sent by it, or the chain tells it again. Throws {@link JournalUnavailableException} when the
 * store cannot be asked, and only then.
 */
public interface SubmissionJournal {
  /**
   * Takes the key for this request, unless it was taken before. A request that {@link
   * SubmissionRequest#asksForTheSame} shares the submission, and allows it to be given up from then
   * on if it is {@link SubmissionRequest#cancellable}.
   */
  Claim claim(Caip2ChainId chain, EvmAddress sender, SubmissionRequest request);

  /**
   * Replaces one state by the next.
   *
   * @throws IllegalArgumentException when {@link SubmissionState#mayBecome} forbids the step, or it
   *     {@link SubmissionState#needsLease}
   */
  Transition advance(SubmissionId id, SubmissionState from, SubmissionState to);

  /**
   * Takes a step that {@link SubmissionState#needsLease}. That the lease is still held is checked
   * in the same atomic step. No two submissions of a chain may hold the same signer and nonce.
   *
   * @throws IllegalArgumentException when {@link SubmissionState#mayBecome} forbids the step, or it
   *     needs no lease, or the lease is another account's
   */
  Transition advance(SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to);

  /**
   * Claims a key for a carrier, and has it carry these: each becomes {@link
   * SubmissionState.Carried}, by its place in the list. All of it happens, or nothing.
   *
   * @param carrier under a key that nobody used before
   * @param items of the chain, as the caller saw them, without repetition; each {@link
   *     SubmissionState#mayBeCarried}
   * @return {@link Transition#STALE} when one of them is no longer in the state that the caller
   *     saw, or the carrier's key is taken
   * @throws IllegalArgumentException when one of them may not be carried
   */
  Transition carry(
      Caip2ChainId chain, EvmAddress sender, SubmissionRequest carrier, List<Submission> items);

  /**
   * Gives up what a carrier carried, if it {@link SubmissionState#cameToNothing}: whatever it
   * carries is {@link SubmissionState.Claimed} again, and a carrier that was never signed is {@link
   * SubmissionState.Dissolved}, so that it never will be.
   *
   * @return the steps that were taken, none the second time; empty when it may still do its work
   */
  Optional<List<Step>> dissolve(SubmissionId carrier);

  /** A step that was taken together with others. */
  record Step(Submission before, SubmissionState to) {}

  /**
   * Takes an account's lease, or keeps it for longer.
   *
   * @param holder the same for every call of one process's engine
   * @param term after which another may take it, by the journal's clock
   * @return empty while another holds it
   */
  Optional<SignerLease> lease(Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term);

  /** Gives a lease back before its term; does nothing once it has passed to another. */
  void release(SignerLease lease);

  Optional<Submission> find(SubmissionId id);

  /** Everything that was ever signed for it, the last first: any of them may be mined. */
  List<SignedTransaction> attempts(SubmissionId id);

  /**
   * Everything {@link SubmissionState#open} that this account has to see through: what has its
   * nonces, by nonce, whoever claimed it; then what it claimed and what has no nonce yet.
   */
  List<Submission> open(Caip2ChainId chain, EvmAddress account);

  /** This account's that are in a block and not final, the lowest block first. */
  List<Submission> included(Caip2ChainId chain, EvmAddress signer);

  /**
   * This account's that are final, the highest nonce first.
   *
   * @param below the nonce that all of them are lower than
   * @param limit the most that are listed
   */
  List<Submission> finals(Caip2ChainId chain, EvmAddress signer, long below, int limit);

  /** Whatever was given this account's nonce or a higher one, by nonce. */
  List<Submission> fromNonce(Caip2ChainId chain, EvmAddress signer, long nonce);

  /** The highest nonce of this account that was given out. */
  OptionalLong highestNonce(Caip2ChainId chain, EvmAddress signer);

  /**
   * The most that this account may have to pay for what was numbered or signed within the last
   * window, or is still open however old it is, in wei: of each submission its value and gas limit
   * times {@code maxFeePerGas}, once, by its dearest attempt.
   *
   * @param window until now, by the journal's clock
   * @param except is left out
   */
  BigInteger committed(Caip2ChainId chain, EvmAddress signer, Duration window, SubmissionId except);

  /** What became of a claim. */
  sealed interface Claim {
    /** The key is the caller's. */
    record Taken(Submission submission) implements Claim {}

    /**
     * A request for the same holds the key; its result is the caller's too. If it was {@link
     * SubmissionState.Rejected}, nothing was signed, and the caller may try again.
     */
    record Shared(Submission submission) implements Claim {}

    /** Another request holds the key. */
    record Reused(SubmissionId id) implements Claim {}
  }

  /** What became of a step. */
  enum Transition {
    APPLIED,
    /** The submission is not, or no longer, in the state the caller saw. */
    STALE,
    /** Another submission of this signer holds the nonce. */
    NONCE_TAKEN,
    /** The lease has passed to another. */
    LEASE_LOST
  }
}
