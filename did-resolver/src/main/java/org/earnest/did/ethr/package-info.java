/** The method did:ethr (ERC-1056). */
@NullMarked
package org.earnest.did.ethr;

import org.jspecify.annotations.NullMarked;
