/** Settled reputation and the port that reads it. */
@NullMarked
package org.earnest.core.reputation;

import org.jspecify.annotations.NullMarked;
