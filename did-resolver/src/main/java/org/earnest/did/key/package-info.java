/** Public keys as Multikey writes them, and the method did:key. */
@NullMarked
package org.earnest.did.key;

import org.jspecify.annotations.NullMarked;
