/** Tests. */
@NullMarked
package org.earnest.payments.testing;

import org.jspecify.annotations.NullMarked;
