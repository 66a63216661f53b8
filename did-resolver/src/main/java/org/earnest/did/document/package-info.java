/** DID documents as JSON. */
@NullMarked
package org.earnest.did.document;

import org.jspecify.annotations.NullMarked;
