/** Reputation read from the chain's logs. */
@NullMarked
package org.earnest.reputation;

import org.jspecify.annotations.NullMarked;
