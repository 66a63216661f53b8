package org.earnest.bindings.rpc;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A question to a node (JSON-RPC 2.0, section 4).
 *
 * @param params in the method's order
 */
public record RpcCall(String method, List<Object> params) {
  public RpcCall {
    params = Collections.unmodifiableList(params);
  }

  public static RpcCall of(String method, Object... params) {
    return new RpcCall(method, Arrays.asList(params));
  }

  /** What to call several by: their method, or the first of their methods. */
  static String name(List<RpcCall> calls) {
    String first = calls.getFirst().method();
    boolean alike = calls.stream().allMatch(call -> call.method().equals(first));
    return alike ? first : first + " and others";
  }
}
