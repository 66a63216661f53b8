package org.earnest.payments.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.SupportedResponse;
import org.earnest.payments.wire.VerifyResponse;

/** A facilitator before whose answers something happens: another request, or a failure. */
public final class HookedFacilitator implements Facilitator {
  private final Facilitator facilitator;

  /** Before what is looked at. */
  public volatile Function<ChannelPayload, Optional<VerifyResponse>> verifying =
      payload -> Optional.empty();

  /** Instead of what is moved, where it answers. */
  public volatile Function<ChannelPayload, Optional<SettleResponse>> settling =
      payload -> Optional.empty();

  public HookedFacilitator(Facilitator facilitator) {
    this.facilitator = facilitator;
  }

  @Override
  public VerifyResponse verify(FacilitatorRequest request) {
    return verifying
        .apply(ChannelPayload.parse(request.payment().payload()))
        .orElseGet(() -> facilitator.verify(request));
  }

  @Override
  public SettleResponse settle(FacilitatorRequest request, Duration patience) {
    return settling
        .apply(ChannelPayload.parse(request.payment().payload()))
        .orElseGet(() -> facilitator.settle(request, patience));
  }

  @Override
  public SupportedResponse supported() {
    return facilitator.supported();
  }
}
