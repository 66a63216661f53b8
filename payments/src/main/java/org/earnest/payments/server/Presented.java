package org.earnest.payments.server;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentRequirements;

/**
 * A payment that came with a request and fits the offer; whether it is good is not judged yet.
 *
 * @param id of its {@link org.earnest.payments.exact.PaymentKey}
 * @param fingerprint Keccak-256 of the header, by which the same payment is known again
 * @param binding what it is to buy
 * @param identifier its buyer's own name for it, which no other payment of his may have
 * @param payer who signed it, if the payment is good
 * @param resourceUrl what it is to buy, absolute
 */
record Presented(
    FacilitatorRequest request,
    Hash32 id,
    Hash32 fingerprint,
    Hash32 binding,
    Optional<Hash32> identifier,
    EvmAddress payer,
    String resourceUrl) {
  /** What is asked of the facilitator for this answer, whose price may be known only now. */
  FacilitatorRequest settling(Optional<Answer> answer) {
    return answer
        .flatMap(this::charge)
        .map(amount -> FacilitatorRequest.of(request.payment(), wanted().costing(amount)))
        .orElse(request);
  }

  /** Whether an answer is to cost more than was permitted, or less than nothing. */
  boolean isOvercharged(Answer answer) {
    return charge(answer)
        .filter(amount -> amount.signum() < 0 || amount.compareTo(wanted().amount()) > 0)
        .isPresent();
  }

  /** Only in scheme upto the price is not the offer's. */
  private Optional<BigInteger> charge(Answer answer) {
    return wanted().scheme().equals(Permit2Requirements.UPTO) ? answer.charge() : Optional.empty();
  }

  private PaymentRequirements wanted() {
    return request.requirements();
  }
}
