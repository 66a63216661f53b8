/** Remembering what was resolved. */
@NullMarked
package org.earnest.did.cache;

import org.jspecify.annotations.NullMarked;
