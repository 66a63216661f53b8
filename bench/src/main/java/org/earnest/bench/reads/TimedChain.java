package org.earnest.bench.reads;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.earnest.bench.logs.SyntheticChain;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
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
import org.earnest.core.chain.SentTransaction;
import org.earnest.core.chain.TransactionReceipt;

/**
 * Tells of every block at once when it was made, and nothing else, so that what is measured is the
 * index and not a node.
 */
final class TimedChain implements ChainReader {
  static final long TIME = 1_760_000_000L;

  @Override
  public Caip2ChainId chainId() {
    return SyntheticChain.ID;
  }

  @Override
  public Optional<BlockHeader> blockByHash(Hash32 hash) {
    return Optional.of(
        new BlockHeader(new BlockRef(SyntheticChain.ID, 0, hash), hash, TIME, BigInteger.ZERO));
  }

  @Override
  public Optional<BlockHeader> block(BlockTag tag) {
    throw untold();
  }

  @Override
  public long time() {
    throw untold();
  }

  @Override
  public CallOutcome call(ChainCall call, BlockTag at) {
    throw untold();
  }

  @Override
  public String code(EvmAddress account, BlockTag at) {
    throw untold();
  }

  @Override
  public BigInteger balance(EvmAddress account, BlockTag at) {
    throw untold();
  }

  @Override
  public BigInteger transactionCount(EvmAddress account, BlockTag at) {
    throw untold();
  }

  @Override
  public List<ChainLog> logs(LogQuery query) {
    throw untold();
  }

  @Override
  public Optional<SentTransaction> transaction(Hash32 hash) {
    throw untold();
  }

  @Override
  public Optional<TransactionReceipt> receipt(Hash32 transaction) {
    throw untold();
  }

  private static ChainUnavailableException untold() {
    return new ChainUnavailableException("a chain that was made up tells of blocks' times alone");
  }
}
