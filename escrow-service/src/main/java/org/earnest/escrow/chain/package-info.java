/** The escrow on its chain: what it says now, and how to send it something once. */
@NullMarked
package org.earnest.escrow.chain;

import org.jspecify.annotations.NullMarked;
