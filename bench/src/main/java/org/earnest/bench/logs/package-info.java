/**
 * A chain of made-up logs, and a node that serves it: the same to every indexer, as fast as told.
 */
@NullMarked
package org.earnest.bench.logs;

import org.jspecify.annotations.NullMarked;
