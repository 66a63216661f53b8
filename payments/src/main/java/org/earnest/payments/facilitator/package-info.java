/** Verifies payments and settles them on chain, each once. */
@NullMarked
package org.earnest.payments.facilitator;

import org.jspecify.annotations.NullMarked;
