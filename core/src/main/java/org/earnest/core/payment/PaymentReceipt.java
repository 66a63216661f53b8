package org.earnest.core.payment;

import java.net.URI;
import java.time.Instant;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;

/**
 * What a seller says of a payment that it got.
 *
 * @param resource what was bought, absolute
 * @param amount what was paid, and in what token on what chain
 * @param payer who paid
 * @param payee who was paid
 * @param transaction in which the money moved
 * @param issuedAt when the seller says so
 */
public record PaymentReceipt(
    URI resource,
    TokenAmount amount,
    EvmAddress payer,
    EvmAddress payee,
    Hash32 transaction,
    Instant issuedAt) {}
