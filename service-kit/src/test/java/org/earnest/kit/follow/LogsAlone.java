package org.earnest.kit.follow;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.SentTransaction;
import org.earnest.core.chain.TransactionReceipt;

/** A chain of which nothing is asked but blocks and their logs. */
abstract class LogsAlone implements ChainReader {
  @Override
  public Optional<BlockHeader> blockByHash(Hash32 hash) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CallOutcome call(ChainCall call, BlockTag at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String code(EvmAddress account, BlockTag at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BigInteger balance(EvmAddress account, BlockTag at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BigInteger transactionCount(EvmAddress account, BlockTag at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<SentTransaction> transaction(Hash32 hash) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<TransactionReceipt> receipt(Hash32 transaction) {
    throw new UnsupportedOperationException();
  }
}
