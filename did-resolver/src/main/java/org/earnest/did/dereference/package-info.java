/** What DID URLs lead to. */
@NullMarked
package org.earnest.did.dereference;

import org.jspecify.annotations.NullMarked;
