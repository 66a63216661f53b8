package org.earnest.core.chain;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What became of a mined transaction.
 *
 * @param succeeded false when it was reverted
 * @param gasUsed gas units
 * @param effectiveGasPrice wei per gas
 */
public record TransactionReceipt(
    Hash32 transaction,
    BlockRef block,
    EvmAddress from,
    boolean succeeded,
    BigInteger gasUsed,
    BigInteger effectiveGasPrice,
    Optional<EvmAddress> contractAddress,
    List<ChainLog> logs) {
  public TransactionReceipt {
    logs = List.copyOf(logs);
  }
}
