/**
 * x402 version 2 as it travels: JSON objects and HTTP headers, read strictly, written as shipped.
 */
@NullMarked
package org.earnest.payments.wire;

import org.jspecify.annotations.NullMarked;
