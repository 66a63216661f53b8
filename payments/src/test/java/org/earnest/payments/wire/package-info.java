/** Tests. */
@NullMarked
package org.earnest.payments.wire;

import org.jspecify.annotations.NullMarked;
