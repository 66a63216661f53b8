/** Scheme {@code batch-settlement}: calls paid out of payment channels. */
@NullMarked
package org.earnest.payments.channel;

import org.jspecify.annotations.NullMarked;
