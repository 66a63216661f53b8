/**
 * Scheme exact on EVM chains by EIP-3009: what is asked, what was signed, and what can be judged of
 * it without a chain.
 */
@NullMarked
package org.earnest.payments.exact;

import org.jspecify.annotations.NullMarked;
