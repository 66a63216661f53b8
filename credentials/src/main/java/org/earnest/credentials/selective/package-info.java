/**
 * What selective disclosure of statements is made of (Data Integrity ECDSA Cryptosuites 1.0 §3.4,
 * §3.5): pointers, labels that tell nothing, and the spelling of its proofs.
 */
@NullMarked
package org.earnest.credentials.selective;

import org.jspecify.annotations.NullMarked;
