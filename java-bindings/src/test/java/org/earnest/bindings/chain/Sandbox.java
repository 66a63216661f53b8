package org.earnest.bindings.chain;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.testkit.chain.AnvilProcess;

/** An anvil with the house's contracts; transactions go through the node's unlocked accounts. */
public final class Sandbox implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final String SECOND_PRIVATE_KEY =
      "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

  public final LocalSigner buyer = LocalSigner.of(AnvilProcess.FIRST_PRIVATE_KEY);
  public final LocalSigner seller = LocalSigner.of(SECOND_PRIVATE_KEY);
  public final AnvilProcess anvil;
  public final JsonRpc rpc;
  public final ChainReader chain;
  public final EvmAddress token;
  public final EvmAddress identity;
  public final EvmAddress reputation;
  public final EvmAddress escrow;

  public Sandbox(String... options) {
    anvil = AnvilProcess.start(options);
    rpc = HttpJsonRpc.to(anvil.url(), PATIENCE);
    chain = JsonRpcChainReader.connect(rpc);
    token = deploy(CreationCode.testUsdc());
    identity = deploy(CreationCode.identityRegistry());
    reputation = deploy(CreationCode.reputationRegistry(identity));
    escrow = deploy(CreationCode.dealEscrow(identity));
  }

  public EvmAddress deploy(String code) {
    return send(Map.of("from", buyer.address().hex(), "data", code))
        .contractAddress()
        .orElseThrow();
  }

  public TransactionReceipt send(EvmAddress from, ChainCall call) {
    return send(Map.of("from", from.hex(), "to", call.to().hex(), "data", call.data()));
  }

  private TransactionReceipt send(Map<String, String> transaction) {
    Map<String, String> withGas = new HashMap<>(transaction);
    withGas.put("gas", "0x" + BigInteger.valueOf(10_000_000).toString(16));
    Hash32 hash = new Hash32(rpc.require("eth_sendTransaction", withGas).stringValue());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Optional<TransactionReceipt> receipt = chain.receipt(hash);
    while (receipt.isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("no receipt of " + hash.hex() + " in " + PATIENCE);
      }
      LockSupport.parkNanos(LOOK.toNanos());
      receipt = chain.receipt(hash);
    }
    return receipt.get();
  }

  /** The chain's time in seconds. */
  public long now() {
    return chain.block(BlockTag.Named.LATEST).orElseThrow().timestamp();
  }

  @Override
  public void close() {
    anvil.close();
  }
}
