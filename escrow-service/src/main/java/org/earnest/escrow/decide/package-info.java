/** Pure: whether a request may be relayed, from its words, the leg's state and the time. */
@NullMarked
package org.earnest.escrow.decide;

import org.jspecify.annotations.NullMarked;
