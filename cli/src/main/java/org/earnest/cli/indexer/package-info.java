/** The indexer by itself, on any chain and any PostgreSQL. */
@NullMarked
package org.earnest.cli.indexer;

import org.jspecify.annotations.NullMarked;
