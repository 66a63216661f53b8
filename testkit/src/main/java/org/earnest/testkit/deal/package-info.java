/** The escrow's rules for one leg, written down a second time, to hold the contract against. */
@NullMarked
package org.earnest.testkit.deal;

import org.jspecify.annotations.NullMarked;
