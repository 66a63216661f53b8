package org.earnest.bindings.submission;

import java.math.BigInteger;
import org.earnest.bindings.rpc.RpcReply;

/**
 * What a node says of prices.
 *
 * @param suggested the reply to eth_maxPriorityFeePerGas
 * @param newest the reply that has the newest block
 */
record Prices(RpcReply suggested, RpcReply newest) {
  static final String BLOCK = "eth_getBlockByNumber";
  private static final BigInteger DEFAULT_TIP = BigInteger.valueOf(1_000_000_000);

  /** What is offered now, with a tip that is not above the cap, wei per gas. */
  Fees fees(BigInteger maxPriorityFeePerGas) {
    BigInteger tip = tip().min(maxPriorityFeePerGas);
    // Twice the base fee stays good for six full blocks in a row (EIP-1559).
    return new Fees(newest.require(BLOCK).baseFee().multiply(BigInteger.TWO).add(tip), tip);
  }

  /** 1 gwei where the node has no opinion. */
  private BigInteger tip() {
    return switch (suggested) {
      case RpcReply.Result result -> result.quantity();
      case RpcReply.Failure failure -> DEFAULT_TIP;
    };
  }
}
