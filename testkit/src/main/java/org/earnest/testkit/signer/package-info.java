/** Signers that run on their own, and misbehave as told. */
@NullMarked
package org.earnest.testkit.signer;

import org.jspecify.annotations.NullMarked;
