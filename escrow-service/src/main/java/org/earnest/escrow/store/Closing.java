package org.earnest.escrow.store;

import java.math.BigInteger;
import org.earnest.core.chain.LogRef;
import org.earnest.core.deal.LegState;

/**
 * How a leg ended. Amounts are atomic units of the deal's token.
 *
 * @param rating 0 to 100; 255 for none
 * @param late seconds after due at which it was delivered
 */
public record Closing(
    LogRef log,
    int leg,
    LegState outcome,
    int rating,
    long late,
    BigInteger toPayee,
    BigInteger toClient,
    BigInteger fee,
    BigInteger penalty) {}
