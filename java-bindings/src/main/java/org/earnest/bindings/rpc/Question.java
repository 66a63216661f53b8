package org.earnest.bindings.rpc;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A call to whose answer several nodes have to say the same.
 *
 * @param reading what of a result has to be alike
 */
record Question(RpcCall call, Function<JsonNode, Object> reading) {}
