/** The method did:pkh, for accounts of EVM chains. */
@NullMarked
package org.earnest.did.pkh;

import org.jspecify.annotations.NullMarked;
