/** Deals and their escrow. */
@NullMarked
package org.earnest.escrow;

import org.jspecify.annotations.NullMarked;
