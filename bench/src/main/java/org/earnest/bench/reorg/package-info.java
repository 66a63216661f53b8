/**
 * The indexer in a process that is killed, on a chain that changes its mind, held against a fresh
 * rebuild.
 */
@NullMarked
package org.earnest.bench.reorg;

import org.jspecify.annotations.NullMarked;
