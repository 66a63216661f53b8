package org.earnest.bench.gas;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.devnet.DevChain;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;

/**
 * A chain of its own, on which any account sends; what a transaction took is its receipt's word.
 */
final class GasChain {
  /** More than anything here takes. */
  private static final BigInteger GAS_LIMIT = BigInteger.valueOf(12_000_000);

  private static final BigInteger TIP = BigInteger.valueOf(1_000_000_000L);
  private static final BigInteger MAX_FEE = BigInteger.valueOf(100_000_000_000L);
  private static final BigInteger GAS_MONEY = BigInteger.TEN.pow(21);

  /** Where a contract is made. */
  private static final String NOBODY = "";

  private static final int WORD = 32;

  /** Asked in vain for so long, a node that mines at once has lost the transaction. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration LOOK = Duration.ofMillis(1);

  private final DevChain chain;
  private final ChainReader reader;
  private final Set<EvmAddress> fuelled = new HashSet<>();

  GasChain(DevChain chain) {
    this.chain = chain;
    this.reader = JsonRpcChainReader.connect(chain.rpc(), chain.chainId());
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
  Spent send(LocalSigner from, ChainCall call) {
    TransactionReceipt receipt = send(from, call.to().hex(), call.data());
    return Spent.of(receipt.gasUsed().longValueExact(), Hex.decode(call.data()));
  }

  EvmAddress deploy(LocalSigner from, String creationCode) {
    return send(from, NOBODY, creationCode).contractAddress().orElseThrow();
  }

  private TransactionReceipt send(LocalSigner from, String to, String data) {
    if (fuelled.add(from.address())) {
      chain.setBalance(from.address(), GAS_MONEY);
    }
    String raw = signed(from, to, data);
    String hash = chain.rpc().require("eth_sendRawTransaction", raw).stringValue();
    TransactionReceipt receipt = receipt(new Hash32(hash));
    if (!receipt.succeeded()) {
      throw new IllegalStateException("a call of " + to + " was refused: " + data);
    }
    return receipt;
  }

  private String signed(LocalSigner from, String to, String data) {
    RawTransaction transaction =
        RawTransaction.createTransaction(
            chain.chainId().eip155Reference(),
            reader.transactionCount(from.address(), BlockTag.Named.LATEST),
            GAS_LIMIT,
            to,
            BigInteger.ZERO,
            data,
            TIP,
            MAX_FEE);
    byte[] signature = from.sign(TransactionEncoder.encode(transaction));
    Sign.SignatureData parts =
        new Sign.SignatureData(
            signature[2 * WORD],
            Arrays.copyOfRange(signature, 0, WORD),
            Arrays.copyOfRange(signature, WORD, 2 * WORD));
    return Hex.encode(TransactionEncoder.encode(transaction, parts));
  }

  private TransactionReceipt receipt(Hash32 hash) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    do {
      Optional<TransactionReceipt> receipt = reader.receipt(hash);
      if (receipt.isPresent()) {
        return receipt.get();
      }
      LockSupport.parkNanos(LOOK.toNanos());
    } while (System.nanoTime() - end < 0);
    throw new IllegalStateException("a transaction was not mined: " + hash);
  }
}
