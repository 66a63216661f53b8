/** Tests. */
@NullMarked
package org.earnest.payments.facilitator;

import org.jspecify.annotations.NullMarked;
