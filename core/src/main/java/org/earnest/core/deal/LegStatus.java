package org.earnest.core.deal;

/**
 * What the escrow stores of a leg.
 *
 * @param substituted the standby took over
 * @param timestamp second of 1970 of the substitution, delivery, dispute or close; 0 before any
 * @param late seconds of delay, fixed at delivery
 */
public record LegStatus(
    LegState state,
    boolean substituted,
    boolean clientRated,
    boolean payeeRated,
    boolean disputedBeforeDelivery,
    long timestamp,
    long late) {}
