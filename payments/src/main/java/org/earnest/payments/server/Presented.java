package org.earnest.payments.server;

import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.wire.FacilitatorRequest;

/**
 * A payment that came with a request and fits the offer; whether it is good is not judged yet.
 *
 * @param id of its {@link org.earnest.payments.exact.PaymentKey}
 * @param fingerprint Keccak-256 of the header, by which the same payment is known again
 * @param binding what it is to buy
 * @param identifier its buyer's own name for it, which no other payment of his may have
 * @param resourceUrl what it is to buy, absolute
 */
record Presented(
    FacilitatorRequest request,
    Hash32 id,
    Hash32 fingerprint,
    Hash32 binding,
    Optional<Hash32> identifier,
    String resourceUrl) {}
