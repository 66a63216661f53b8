/** What the indexer reads of a chain: which contracts, and what their logs say. */
@NullMarked
package org.earnest.reputation.chain;

import org.jspecify.annotations.NullMarked;
