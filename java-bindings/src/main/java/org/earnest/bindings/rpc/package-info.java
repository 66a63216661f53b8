/** JSON-RPC of an Ethereum node, typed, and the chain reader on it. */
@NullMarked
package org.earnest.bindings.rpc;

import org.jspecify.annotations.NullMarked;
