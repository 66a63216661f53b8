package org.earnest.bindings.rpc;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What may be done with a method when its answer is lost. */
final class RpcMethods {
  static final String SEND = "eth_sendRawTransaction";
  static final String RECEIPT = "eth_getTransactionReceipt";
  static final String MINED = "eth_getTransactionByBlockHashAndIndex";
  static final String BLOCK = "eth_getBlockByNumber";
  static final String BLOCK_NUMBER = "eth_blockNumber";
  static final String COUNT = "eth_getTransactionCount";
  static final String CHAIN_ID = "eth_chainId";
  static final String LOGS = "eth_getLogs";

  /** They change nothing, whatever node is asked and however often. */
  private static final Set<String> READS =
      Set.of(
          RECEIPT,
          MINED,
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
          LOGS,
          "eth_getProof",
          "eth_getStorageAt",
          "eth_getTransactionByHash",
          "eth_maxPriorityFeePerGas",
          "eth_syncing",
          "net_version",
          "web3_clientVersion");

  private RpcMethods() {}

  /** Whether the logs of one block are asked for: a node that refuses them takes no fewer. */
  static boolean asksForOneBlocksLogs(RpcCall call) {
    return call.method().equals(LOGS)
        && call.params().size() == 1
        && call.params().getFirst() instanceof Map<?, ?> filter
        && (filter.containsKey("blockHash")
            || Objects.equals(filter.get("fromBlock"), filter.get("toBlock")));
  }

  static boolean isRead(String method) {
    return READS.contains(method);
  }

  /**
   * Whether the call may be made twice. Signed bytes may: a chain takes them once. What a
   * development node is told to do, and what a node signs itself, may not.
   */
  static boolean repeatable(String method) {
    return isRead(method) || method.equals(SEND);
  }
}
