/** Payments as others than payer and payee may hear of them. */
@NullMarked
package org.earnest.core.payment;

import org.jspecify.annotations.NullMarked;
