/** Tests. */
@NullMarked
package org.earnest.payments.check;

import org.jspecify.annotations.NullMarked;
