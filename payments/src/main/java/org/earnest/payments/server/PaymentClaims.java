package org.earnest.payments.server;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.wire.SettleResponse;

/**
 * Which payments were taken for which requests. A claim is held by one attempt at a time, under a
 * lease; when it ends, an equal request may take over where the last attempt stopped. A claim whose
 * payment may have moved money is never free again.
 */
public interface PaymentClaims {
  /** How long after payment the same payment is answered again. */
  Duration REPLAY_WINDOW = Duration.ofHours(1);

  /**
   * How long an answer waits for its payment: well after the longest authorization that is taken
   * ({@link org.earnest.payments.exact.StaticChecks#MAX_LIFETIME}) has expired.
   */
  Duration UNPAID_WINDOW = Duration.ofDays(7);

  /** What came of trying to take a payment. */
  sealed interface Opening {
    /**
     * It is the caller's.
     *
     * @param saved present when an earlier attempt got the handler's answer: only settle
     */
    record Mine(UUID attempt, Optional<Answer> saved) implements Opening {}

    record Taken(Claim claim) implements Opening {}

    /** Another payment has its buyer's name for it. */
    record Misnamed() implements Opening {}
  }

  Optional<Claim> find(Hash32 id);

  /** The payment that its buyer gave this name, if there is one. */
  Optional<Hash32> named(Hash32 identifier);

  /**
   * Takes the payment, if it is new or if an equal claim's lease has ended.
   *
   * @param identifier its buyer's own name for it, kept as long as the claim is
   */
  Opening open(
      Hash32 id, Hash32 fingerprint, Hash32 binding, Optional<Hash32> identifier, Duration lease);

  /** The same for a payment without a name. */
  default Opening open(Hash32 id, Hash32 fingerprint, Hash32 binding, Duration lease) {
    return open(id, fingerprint, binding, Optional.empty(), lease);
  }

  /**
   * Stores the handler's answer before the money moves, and renews the lease.
   *
   * @return false when the attempt has lost the claim
   */
  boolean answered(Hash32 id, UUID attempt, Answer answer, Duration lease);

  /** Ends with the money moved. Whose attempt it was no longer matters: it moved once. */
  void paid(Hash32 id, SettleResponse settlement);

  /** Ends without money, if the attempt still holds the claim. */
  void refused(Hash32 id, UUID attempt, SettleResponse settlement);

  /**
   * Takes an end back, as the chain did: an equal request may settle anew.
   *
   * @return false when there is no end, or the answer is no longer kept
   */
  boolean reopen(Hash32 id);

  /** Ends the lease: an equal request may go on at once. */
  void pause(Hash32 id, UUID attempt);

  /** Forgets a claim whose handler gave nothing to pay for. */
  void release(Hash32 id, UUID attempt);
}
