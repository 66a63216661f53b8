package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.bindings.submission.SimulatedChain.Block;
import org.earnest.bindings.submission.SimulatedChain.Transaction;
import org.earnest.core.chain.Hash32;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A node's answers about the simulated chain, as of its head or some blocks before. */
final class SimulatedNode {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final BigInteger RICH = BigInteger.TEN.pow(30);
  private static final int REFUSED = -32_000;

  private final SimulatedChain chain;

  SimulatedNode(SimulatedChain chain) {
    this.chain = chain;
  }

  /**
   * Answers a call.
   *
   * @param lag how many blocks the node is behind
   */
  RpcReply call(String method, List<Object> params, int lag) {
    long head = Math.max(0, chain.head().number() - lag);
    return switch (method) {
      case "eth_chainId" -> number(31337);
      case "eth_getBalance" -> quantity(RICH);
      case "eth_call" -> result("0x");
      case "eth_estimateGas" -> number(50_000);
      case "eth_maxPriorityFeePerGas" -> number(1);
      case "eth_getTransactionCount" -> count((String) params.get(1), head, lag);
      case "eth_getBlockByNumber" -> block((String) params.getFirst(), head);
      case "eth_getTransactionReceipt" -> receipt(new Hash32((String) params.getFirst()), head);
      case "eth_getTransactionByHash" -> transaction(new Hash32((String) params.getFirst()));
      case "eth_sendRawTransaction" -> send(Transaction.decode((String) params.getFirst()));
      default -> throw new IllegalArgumentException(method);
    };
  }

  private RpcReply count(String tag, long head, int lag) {
    return switch (tag) {
      case "pending" -> number(lag == 0 ? chain.pendingNonce() : chain.nonce(head));
      case "latest" -> number(chain.nonce(head));
      default -> height(tag) > head ? unknownBlock() : number(chain.nonce(height(tag)));
    };
  }

  private RpcReply block(String tag, long head) {
    long number = tag.equals("latest") ? head : height(tag);
    return number > head ? result(null) : result(chain.block(number).map(this::json).orElse(null));
  }

  private Map<String, Object> json(Block block) {
    return Map.of(
        "number", hex(BigInteger.valueOf(block.number())),
        "hash", block.hash().hex(),
        "parentHash", block.parent().hex(),
        "timestamp", hex(BigInteger.valueOf(block.number())),
        "baseFeePerGas", hex(block.baseFee()));
  }

  private RpcReply transaction(Hash32 hash) {
    return result(chain.has(hash) ? Map.of("hash", hash.hex()) : null);
  }

  private RpcReply receipt(Hash32 transaction, long head) {
    Optional<Block> holding = chain.holding(transaction, head);
    return result(holding.map(block -> receipt(block, transaction)).orElse(null));
  }

  private static Map<String, Object> receipt(Block block, Hash32 hash) {
    Transaction transaction =
        block.all().stream().filter(tx -> tx.hash().equals(hash)).findFirst().orElseThrow();
    return Map.of(
        "transactionHash", hash.hex(),
        "blockNumber", hex(BigInteger.valueOf(block.number())),
        "blockHash", block.hash().hex(),
        "from", SimulatedSigner.ADDRESS.hex(),
        "status", block.succeeds(transaction) ? "0x1" : "0x0",
        "gasUsed", "0x5208",
        "logs", List.of());
  }

  private RpcReply send(Transaction transaction) {
    return chain
        .send(transaction)
        .<RpcReply>map(refusal -> new RpcReply.Failure(REFUSED, refusal, Optional.empty()))
        .orElseGet(() -> result(transaction.hash().hex()));
  }

  private static RpcReply unknownBlock() {
    return new RpcReply.Failure(REFUSED, "header not found", Optional.empty());
  }

  private static long height(String tag) {
    return Long.parseLong(tag.toLowerCase(Locale.ROOT).substring(2), 16);
  }

  private static RpcReply number(long number) {
    return quantity(BigInteger.valueOf(number));
  }

  private static RpcReply quantity(BigInteger number) {
    return result(hex(number));
  }

  private static RpcReply result(@Nullable Object value) {
    return new RpcReply.Result(JSON.valueToTree(value));
  }

  private static String hex(BigInteger number) {
    return "0x" + number.toString(16);
  }
}
