package org.earnest.bindings.rpc;

import java.util.Set;

/** What may be done with a method when its answer is lost. */
final class RpcMethods {
  static final String SEND = "eth_sendRawTransaction";
  static final String RECEIPT = "eth_getTransactionReceipt";
  static final String BLOCK = "eth_getBlockByNumber";
  static final String BLOCK_NUMBER = "eth_blockNumber";
  static final String COUNT = "eth_getTransactionCount";
  static final String CHAIN_ID = "eth_chainId";

  /** They change nothing, whatever node is asked and however often. */
  private static final Set<String> READS =
      Set.of(
          RECEIPT,
          BLOCK,
          BLOCK_NUMBER,
          COUNT,
          CHAIN_ID,
          "eth_blobBaseFee",
          "eth_call",
          "eth_createAccessList",
          "eth_estimateGas",
          "eth_feeHistory",
          "eth_gasPrice",
          "eth_getBalance",
          "eth_getBlockByHash",
          "eth_getBlockReceipts",
          "eth_getCode",
          "eth_getLogs",
          "eth_getProof",
          "eth_getStorageAt",
          "eth_getTransactionByHash",
          "eth_maxPriorityFeePerGas",
          "eth_syncing",
          "net_version",
          "web3_clientVersion");

  private RpcMethods() {}

  /**
   * Whether the call may be made twice. Signed bytes may: a chain takes them once. What a
   * development node is told to do, and what a node signs itself, may not.
   */
  static boolean repeatable(String method) {
    return READS.contains(method) || method.equals(SEND);
  }
}
