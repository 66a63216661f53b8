/** Follows a chain's logs into a database: each once, and back again when the chain reorganises. */
@NullMarked
package org.earnest.kit.follow;

import org.jspecify.annotations.NullMarked;
