package org.earnest.core.chain;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Reads one chain. Every method throws {@link ChainUnavailableException} when the chain cannot be
 * asked, and only then.
 */
public interface ChainReader {
  Caip2ChainId chainId();

  /** The block, or empty where the chain has none by this tag; nothing pending is a block yet. */
  Optional<BlockHeader> block(BlockTag tag);

  /** The blocks of these tags, each as {@link #block} tells it, asked for in their order. */
  default List<Optional<BlockHeader>> blocks(List<BlockTag> tags) {
    return tags.stream().map(this::block).toList();
  }

  /**
   * The second of 1970 by which contracts would judge now: that of the block to come as far as the
   * node tells, and never before the newest block's. A chain where little happens has an old newest
   * block. On one that mines only what is sent, what is due by this time may still be refused as
   * reverted until somebody mines, as transactions are rehearsed by the newest block.
   */
  long time();

  Optional<BlockHeader> blockByHash(Hash32 hash);

  /** The blocks of these hashes, each as {@link #blockByHash} tells it. */
  default List<Optional<BlockHeader>> blocksByHash(List<Hash32> hashes) {
    return hashes.stream().map(this::blockByHash).toList();
  }

  CallOutcome call(ChainCall call, BlockTag at);

  /** The account's code, prefixed hexadecimal; {@code 0x} where there is none. */
  String code(EvmAddress account, BlockTag at);

  /** Wei. */
  BigInteger balance(EvmAddress account, BlockTag at);

  /** The number of transactions sent: the next nonce. */
  BigInteger transactionCount(EvmAddress account, BlockTag at);

  /**
   * In the chain's order.
   *
   * @throws LogRangeRefusedException when a smaller range may do
   */
  List<ChainLog> logs(LogQuery query);

  /** Empty while the transaction is unknown or waits to be mined. */
  Optional<SentTransaction> transaction(Hash32 hash);

  /** Empty while the transaction is unknown or waits to be mined. */
  Optional<TransactionReceipt> receipt(Hash32 transaction);
}
