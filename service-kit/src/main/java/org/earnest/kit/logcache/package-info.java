/** Keeps final ranges of a chain's logs, so that they need not be asked for again. */
@NullMarked
package org.earnest.kit.logcache;

import org.jspecify.annotations.NullMarked;
