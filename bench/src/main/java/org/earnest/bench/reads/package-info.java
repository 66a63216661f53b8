/** How long every route of the indexer takes over a large index. */
@NullMarked
package org.earnest.bench.reads;

import org.jspecify.annotations.NullMarked;
