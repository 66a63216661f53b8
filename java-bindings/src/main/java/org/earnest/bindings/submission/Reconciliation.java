package org.earnest.bindings.submission;

/**
 * What a look at all transactions on their way found, each counted once.
 *
 * @param closed were mined, reverted or replaced meanwhile
 * @param reorganised were closed before and are not seen on the chain now; their bytes were sent
 *     again
 * @param resent had not been mined; their bytes were sent again
 * @param filled nonces that nobody held; an empty transaction was sent for each
 * @param unsigned were claimed and never signed; they wait for their callers to ask again
 */
public record Reconciliation(int closed, int reorganised, int resent, int filled, int unsigned) {}
