/** Keccak-256, and ECDSA over secp256k1 as Ethereum signs and recovers. */
@NullMarked
package org.earnest.bindings.crypto;

import org.jspecify.annotations.NullMarked;
