/** Credentials about payments. */
@NullMarked
package org.earnest.credentials.payment;

import org.jspecify.annotations.NullMarked;
