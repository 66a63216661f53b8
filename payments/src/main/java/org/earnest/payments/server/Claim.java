package org.earnest.payments.server;

import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.wire.SettleResponse;

/**
 * A payment that was found good and taken for a request.
 *
 * @param id of its payment key
 * @param fingerprint of the header it came in
 * @param binding of the request it buys
 */
public record Claim(Hash32 id, Hash32 fingerprint, Hash32 binding, State state) {
  /** How far the purchase is. */
  public sealed interface State {
    /** The handler runs, or the process that ran it has died. */
    record Running() implements State {}

    /** The handler has answered; the money has not moved yet as far as is known. */
    record Answered() implements State {}

    /** Answered, and never known to be paid; the answer is no longer kept. */
    record Abandoned() implements State {}

    /**
     * Paid for.
     *
     * @param answer empty when it is no longer kept
     */
    record Paid(Optional<Answer> answer, SettleResponse settlement) implements State {}

    /** The settlement failed. */
    record Refused(SettleResponse settlement) implements State {}
  }

  boolean isFor(Presented presented) {
    return fingerprint.equals(presented.fingerprint()) && binding.equals(presented.binding());
  }
}
