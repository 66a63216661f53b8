/** The chain, typed: contracts, logs, errors, signatures and JSON-RPC. */
@NullMarked
package org.earnest.bindings;

import org.jspecify.annotations.NullMarked;
