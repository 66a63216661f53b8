package org.earnest.payments.facilitator;

import java.time.Duration;
import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.SupportedResponse;
import org.earnest.payments.wire.VerifyResponse;

/**
 * Judges payments and brings them on chain. A negative verdict is an answer; every method throws
 * {@link FacilitatorUnavailableException} when there is none, and only then.
 */
public interface Facilitator {
  VerifyResponse verify(FacilitatorRequest request);

  /**
   * Moves the money. The same payment settles once however often this is asked, and each time the
   * same is answered; {@link SettleResponse#PENDING} means to ask again.
   *
   * @param patience for which the caller can wait
   */
  SettleResponse settle(FacilitatorRequest request, Duration patience);

  /** The same with as much patience as a settlement needs. */
  default SettleResponse settle(FacilitatorRequest request) {
    return settle(request, HttpFacilitator.PATIENCE);
  }

  SupportedResponse supported();

  /**
   * How far a settlement is by now, as a reorganisation may have changed what was answered.
   *
   * @param id of its {@link org.earnest.payments.exact.PaymentKey}
   * @return empty where this facilitator does not tell
   */
  default Optional<SettlementState> standing(Hash32 id) {
    return Optional.empty();
  }
}
