/** Tests. */
@NullMarked
package org.earnest.payments.store;

import org.jspecify.annotations.NullMarked;
