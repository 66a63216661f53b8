package org.earnest.bench.gas;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.devnet.DevChain;

/**
 * A chain of its own, on which any account sends; what a transaction took is its receipt's word.
 */
final class GasChain {
  /** More than anything here takes. */
  private static final BigInteger GAS_LIMIT = BigInteger.valueOf(12_000_000);

  private static final BigInteger GAS_MONEY = BigInteger.TEN.pow(21);

  /** Asked in vain, a node that mines at once has lost the transaction. */
  private static final int LOOKS = 1_000;

  private final DevChain chain;
  private final ChainReader reader;
  private final Set<EvmAddress> fuelled = new HashSet<>();

  GasChain(DevChain chain) {
    this.chain = chain;
    this.reader = JsonRpcChainReader.connect(chain.rpc(), chain.chainId());
    chain.rpc().require("anvil_autoImpersonateAccount", true);
  }

  DevChain node() {
    return chain;
  }

  /** Second of 1970 of the newest block. */
  long now() {
    return reader.block(BlockTag.Named.LATEST).orElseThrow().timestamp();
  }

  /** Plays something from this state, and takes the chain back to it. */
  void play(Runnable scene) {
    DevChain.Snapshot before = chain.snapshot();
    scene.run();
    chain.revert(before);
    fuelled.clear();
    // The clock went on: the newest block has its time again.
    chain.mine(1);
  }

  /**
   * Sends a call and waits for its block.
   *
   * @throws IllegalStateException when it is reverted, as a figure of a refusal is none
   */
  Spent send(EvmAddress from, ChainCall call) {
    TransactionReceipt receipt = send(from, Map.of("to", call.to().hex(), "data", call.data()));
    return Spent.of(receipt.gasUsed().longValueExact(), Hex.decode(call.data()));
  }

  EvmAddress deploy(EvmAddress from, String creationCode) {
    return send(from, Map.of("data", creationCode)).contractAddress().orElseThrow();
  }

  private TransactionReceipt send(EvmAddress from, Map<String, String> what) {
    if (fuelled.add(from)) {
      chain.setBalance(from, GAS_MONEY);
    }
    Map<String, String> transaction = new HashMap<>(what);
    transaction.put("from", from.hex());
    transaction.put("gas", "0x" + GAS_LIMIT.toString(16));
    String hash = chain.rpc().require("eth_sendTransaction", transaction).stringValue();
    TransactionReceipt receipt = receipt(new Hash32(hash));
    if (!receipt.succeeded()) {
      throw new IllegalStateException("a call was refused: " + what);
    }
    return receipt;
  }

  private TransactionReceipt receipt(Hash32 hash) {
    for (int look = 0; look < LOOKS; look++) {
      Optional<TransactionReceipt> receipt = reader.receipt(hash);
      if (receipt.isPresent()) {
        return receipt.get();
      }
    }
    throw new IllegalStateException("a transaction was not mined: " + hash);
  }
}
