package org.earnest.devnet;

import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.RpcReply;

/** What a node is, as far as its controls differ. */
enum NodeFamily {
  ANVIL,
  HARDHAT,
  /** A node of a chain that others share: it has no controls. */
  OTHER;

  static NodeFamily of(JsonRpc rpc) {
    return switch (rpc.call("web3_clientVersion")) {
      case RpcReply.Result result -> named(result.value().asString(""));
      case RpcReply.Failure failure -> OTHER;
    };
  }

  private static NodeFamily named(String clientVersion) {
    if (clientVersion.startsWith("anvil/")) {
      return ANVIL;
    }
    return clientVersion.startsWith("HardhatNetwork/") ? HARDHAT : OTHER;
  }
}
