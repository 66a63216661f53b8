/** The method did:jwk. */
@NullMarked
package org.earnest.did.jwk;

import org.jspecify.annotations.NullMarked;
