/** Deals as the chain's events tell them, in one PostgreSQL schema. */
@NullMarked
package org.earnest.escrow.store;

import org.jspecify.annotations.NullMarked;
