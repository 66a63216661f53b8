package org.earnest.cli.deal;

import java.math.BigInteger;
import org.earnest.core.deal.LegState;

/**
 * How a leg ended, by the escrow's own events. Sums are atomic units.
 *
 * @param takes whether it went the path's way; else it went well
 * @param substituted whether the standby took over
 * @param late seconds after due
 * @param penalty what the delay took from the price
 * @param platformFee of what was paid for the work
 * @param arbiterFee for a ruling
 * @param bondsToClient what payee and standby lost of their bonds
 * @param retainerTo who got the retainer; empty where there is none
 */
record LegResult(
    int leg,
    boolean takes,
    LegState outcome,
    boolean substituted,
    long late,
    BigInteger penalty,
    BigInteger platformFee,
    BigInteger arbiterFee,
    BigInteger bondsToClient,
    String retainerTo) {}
