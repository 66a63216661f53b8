/** Requests that change state once, however often they are sent. */
@NullMarked
package org.earnest.kit.idempotency;

import org.jspecify.annotations.NullMarked;
