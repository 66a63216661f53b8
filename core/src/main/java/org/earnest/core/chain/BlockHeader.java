package org.earnest.core.chain;

import java.math.BigInteger;

/**
 * What is used of a block's header.
 *
 * @param timestamp seconds since 1970
 * @param baseFee wei per gas (EIP-1559); zero before London
 * @param bloom whose logs may be in the block
 */
public record BlockHeader(
    BlockRef ref, Hash32 parentHash, long timestamp, BigInteger baseFee, LogsBloom bloom) {
  /** Of a block that nothing is said of whose logs. */
  public BlockHeader(BlockRef ref, Hash32 parentHash, long timestamp, BigInteger baseFee) {
    this(ref, parentHash, timestamp, baseFee, LogsBloom.SILENT);
  }

  /** The same with this filter. */
  public BlockHeader with(LogsBloom filter) {
    return new BlockHeader(ref, parentHash, timestamp, baseFee, filter);
  }
}
