/** Deals: the signed terms and their identifier. */
@NullMarked
package org.earnest.core.deal;

import org.jspecify.annotations.NullMarked;
