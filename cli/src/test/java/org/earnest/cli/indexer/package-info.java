/** The indexer by itself, on chains that are not ours. */
@NullMarked
package org.earnest.cli.indexer;

import org.jspecify.annotations.NullMarked;
