/**
 * Payments through Permit2 on EVM chains: scheme exact for tokens without EIP-3009, and scheme
 * upto, whose price is known after the work only.
 */
@NullMarked
package org.earnest.payments.permit2;

import org.jspecify.annotations.NullMarked;
