/**
 * Scheme {@code auth-capture} on EVM chains: what is paid is held in escrow, can be disputed, and
 * is captured later.
 */
@NullMarked
package org.earnest.payments.capture;

import org.jspecify.annotations.NullMarked;
