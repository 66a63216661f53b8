/**
 * How fast the indexer and its peers read a chain of feedback: the same logs from the same node
 * every time.
 */
@NullMarked
package org.earnest.bench.indexer;

import org.jspecify.annotations.NullMarked;
