/** Tests. */
@NullMarked
package org.earnest.payments.exact;

import org.jspecify.annotations.NullMarked;
