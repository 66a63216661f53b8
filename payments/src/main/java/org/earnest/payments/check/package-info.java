/** Says what is wrong with an address that sells by x402, and how to mend it; spends nothing. */
@NullMarked
package org.earnest.payments.check;

import org.jspecify.annotations.NullMarked;
