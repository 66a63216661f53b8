package org.earnest.payments.facilitator;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.SupportedResponse;
import org.earnest.payments.wire.VerifyResponse;

/** Takes the first request of a kind, and is not heard of again. */
final class LostFacilitator implements Facilitator {
  private final Facilitator facilitator;
  private final Class<? extends ChannelPayload> last;
  private final CompletableFuture<FacilitatorRequest> taken = new CompletableFuture<>();

  LostFacilitator(Facilitator facilitator, Class<? extends ChannelPayload> last) {
    this.facilitator = facilitator;
    this.last = last;
  }

  /** What it was asked last. */
  FacilitatorRequest taken() {
    return taken.resultNow();
  }

  private Facilitator there() {
    if (taken.isDone()) {
      throw new FacilitatorUnavailableException("it was killed");
    }
    return facilitator;
  }

  @Override
  public VerifyResponse verify(FacilitatorRequest request) {
    return there().verify(request);
  }

  @Override
  public SettleResponse settle(FacilitatorRequest request, Duration patience) {
    if (last.isInstance(ChannelPayload.parse(request.payment().payload()))) {
      taken.complete(request);
    }
    return there().settle(request, patience);
  }

  @Override
  public SupportedResponse supported() {
    return there().supported();
  }
}
