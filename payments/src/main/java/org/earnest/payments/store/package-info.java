/** Claims and settlements in PostgreSQL. */
@NullMarked
package org.earnest.payments.store;

import org.jspecify.annotations.NullMarked;
