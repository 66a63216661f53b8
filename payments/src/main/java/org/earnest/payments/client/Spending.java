package org.earnest.payments.client;

import java.time.Instant;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;

/**
 * That something was paid, or may be at any time.
 *
 * @param id of the payment, by its key
 * @param purchase the request that it is for
 * @param route that request's route
 * @param origin that request's origin
 * @param at when it was signed
 * @param end after which it can no longer be used
 */
record Spending(
    Hash32 id,
    Hash32 purchase,
    Hash32 route,
    String origin,
    TokenAmount price,
    EvmAddress payTo,
    Instant at,
    Instant end) {}
