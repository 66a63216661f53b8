/** Statuses of credentials: lists of bits, who may be believed about them, and what they say. */
@NullMarked
package org.earnest.credentials.status;

import org.jspecify.annotations.NullMarked;
