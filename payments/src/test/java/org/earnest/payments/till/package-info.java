/** Tests. */
@NullMarked
package org.earnest.payments.till;

import org.jspecify.annotations.NullMarked;
