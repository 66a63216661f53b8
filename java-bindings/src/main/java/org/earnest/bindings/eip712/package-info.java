/** Typed data (EIP-712): the digests that parties sign. */
@NullMarked
package org.earnest.bindings.eip712;

import org.jspecify.annotations.NullMarked;
