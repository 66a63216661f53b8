/** Calldata for each contract, and readings of it, in the house's own types. */
@NullMarked
package org.earnest.bindings.call;

import org.jspecify.annotations.NullMarked;
