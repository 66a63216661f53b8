/** Earnest against the stock x402 packages of the TypeScript reference implementation. */
@NullMarked
package org.earnest.payments.interoperation;

import org.jspecify.annotations.NullMarked;
