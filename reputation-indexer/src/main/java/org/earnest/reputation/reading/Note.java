package org.earnest.reputation.reading;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.reputation.file.PaymentVerdict;

/**
 * A feedback's file as it was last seen.
 *
 * @param code why it was not read, stable
 * @param expectedHash Keccak-256 that the feedback names; zero where it names none
 * @param payment what became of the payment that the file claims; empty until it was read
 * @param lookedAt empty before the first look
 */
public record Note(
    String uri,
    Hash32 expectedHash,
    State state,
    Optional<String> code,
    Optional<String> detail,
    Optional<Hash32> contentHash,
    Optional<PaymentVerdict> payment,
    Optional<Instant> lookedAt) {

  public enum State {
    /** Nobody looked yet. */
    WAITING,
    READ,
    /** There is another file than the one that was named. */
    HASH_DIFFERS,
    /** Our rules forbid to fetch it. */
    REFUSED,
    /** It could not be had. */
    UNAVAILABLE,
    /** It is no feedback file. */
    MALFORMED;

    /** Lower snake case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
