package org.earnest.did.ethr;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.TransactionReceipt;

/** A chain that answers {@code changed(identity)} as told, and nothing else. */
record RegistryChain(Caip2ChainId chainId, Optional<Answer> answer) implements ChainReader {
  // The selector of changed(address).
  private static final String CHANGED = "0xf96d0f9f";

  record Answer(EvmAddress registry, String identity, CallOutcome outcome) {}

  static RegistryChain answering(
      Caip2ChainId chain, EvmAddress registry, String identity, CallOutcome outcome) {
    return new RegistryChain(chain, Optional.of(new Answer(registry, identity, outcome)));
  }

  static RegistryChain unreachable(Caip2ChainId chain) {
    return new RegistryChain(chain, Optional.empty());
  }

  @Override
  public CallOutcome call(ChainCall call, BlockTag at) {
    Answer told = answer.orElseThrow(() -> new ChainUnavailableException("connection refused"));
    assertThat(call.to()).isEqualTo(told.registry());
    assertThat(call.data()).isEqualTo(CHANGED + "0".repeat(24) + told.identity().substring(2));
    return told.outcome();
  }

  @Override
  public Optional<BlockHeader> block(BlockTag tag) {
    throw new AssertionError("not asked for blocks");
  }

  @Override
  public long time() {
    throw new AssertionError("not asked for the time");
  }

  @Override
  public Optional<BlockHeader> blockByHash(Hash32 hash) {
    throw new AssertionError("not asked for blocks");
  }

  @Override
  public String code(EvmAddress account, BlockTag at) {
    throw new AssertionError("not asked for code");
  }

  @Override
  public BigInteger balance(EvmAddress account, BlockTag at) {
    throw new AssertionError("not asked for balances");
  }

  @Override
  public BigInteger transactionCount(EvmAddress account, BlockTag at) {
    throw new AssertionError("not asked for nonces");
  }

  @Override
  public List<ChainLog> logs(LogQuery query) {
    throw new AssertionError("not asked for logs");
  }

  @Override
  public Optional<TransactionReceipt> receipt(Hash32 transaction) {
    throw new AssertionError("not asked for receipts");
  }
}
