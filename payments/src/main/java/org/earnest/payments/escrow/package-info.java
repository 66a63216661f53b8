/**
 * A seller's money in escrow: what it was paid by scheme {@code auth-capture}, and how it gets it.
 */
@NullMarked
package org.earnest.payments.escrow;

import org.jspecify.annotations.NullMarked;
