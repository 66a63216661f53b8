/** Rows, aggregates and cursor in one PostgreSQL schema. */
@NullMarked
package org.earnest.reputation.store;

import org.jspecify.annotations.NullMarked;
