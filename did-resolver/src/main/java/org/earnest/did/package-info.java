/** The port for a DID method, and the resolver that asks the right one. */
@NullMarked
package org.earnest.did;

import org.jspecify.annotations.NullMarked;
