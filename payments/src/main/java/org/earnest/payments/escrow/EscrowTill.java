package org.earnest.payments.escrow;

import java.time.Duration;
import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.capture.CapturePayment;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.SettlementState;
import org.earnest.payments.permit2.EvmPayments;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.SupportedResponse;
import org.earnest.payments.wire.VerifyResponse;

/**
 * Stands before a seller's facilitator, and remembers each payment that was fetched into escrow
 * before anything is served for it. A seller that dies before that has served nothing: the same
 * payment shown again is remembered, and one that is not is its payer's again after its expiry.
 */
public final class EscrowTill implements Facilitator {
  private final Facilitator facilitator;
  private final HeldPayments held;

  public EscrowTill(Facilitator facilitator, HeldPayments held) {
    this.facilitator = facilitator;
    this.held = held;
  }

  @Override
  public VerifyResponse verify(FacilitatorRequest request) {
    return facilitator.verify(request);
  }

  @Override
  public SettleResponse settle(FacilitatorRequest request, Duration patience) {
    SettleResponse settled = facilitator.settle(request, patience);
    if (settled.success()
        && EvmPayments.of(request) instanceof Reading.Understood<?> understood
        && understood.value() instanceof CapturePayment payment) {
      held.add(new HeldPayment(payment.price().asset().chain(), payment.info()));
    }
    return settled;
  }

  @Override
  public SupportedResponse supported() {
    return facilitator.supported();
  }

  @Override
  public Optional<SettlementState> standing(Hash32 id) {
    return facilitator.standing(id);
  }
}
