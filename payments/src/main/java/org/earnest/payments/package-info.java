/** x402 payments. */
@NullMarked
package org.earnest.payments;

import org.jspecify.annotations.NullMarked;
