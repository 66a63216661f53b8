package org.earnest.kit.follow;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.SentTransaction;
import org.earnest.core.chain.TransactionReceipt;

/** A chain whose blocks' times are remembered as they pass by, so that nobody asks twice. */
final class BlockTimes implements ChainReader {
  /** A follower speaks of the newest few. */
  private static final int REMEMBERED = 256;

  private final ChainReader chain;
  private final Map<Hash32, Long> times =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash32, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  BlockTimes(ChainReader chain) {
    this.chain = chain;
  }

  /** Seconds since 1970, for a block that passed by not long ago. */
  OptionalLong of(BlockRef block) {
    synchronized (times) {
      Long time = times.get(block.hash());
      return time == null ? OptionalLong.empty() : OptionalLong.of(time);
    }
  }

  private Optional<BlockHeader> remembered(Optional<BlockHeader> header) {
    synchronized (times) {
      header.ifPresent(block -> times.put(block.ref().hash(), block.timestamp()));
    }
    return header;
  }

  @Override
  public Optional<BlockHeader> block(BlockTag tag) {
    return remembered(chain.block(tag));
  }

  @Override
  public List<Optional<BlockHeader>> blocks(List<BlockTag> tags) {
    return chain.blocks(tags).stream().map(this::remembered).toList();
  }

  @Override
  public Optional<BlockHeader> blockByHash(Hash32 hash) {
    return remembered(chain.blockByHash(hash));
  }

  @Override
  public List<Optional<BlockHeader>> blocksByHash(List<Hash32> hashes) {
    return chain.blocksByHash(hashes).stream().map(this::remembered).toList();
  }

  @Override
  public Caip2ChainId chainId() {
    return chain.chainId();
  }

  @Override
  public long time() {
    return chain.time();
  }

  @Override
  public CallOutcome call(ChainCall call, BlockTag at) {
    return chain.call(call, at);
  }

  @Override
  public String code(EvmAddress account, BlockTag at) {
    return chain.code(account, at);
  }

  @Override
  public BigInteger balance(EvmAddress account, BlockTag at) {
    return chain.balance(account, at);
  }

  @Override
  public BigInteger transactionCount(EvmAddress account, BlockTag at) {
    return chain.transactionCount(account, at);
  }

  @Override
  public List<ChainLog> logs(LogQuery query) {
    return chain.logs(query);
  }

  @Override
  public Optional<SentTransaction> transaction(Hash32 hash) {
    return chain.transaction(hash);
  }

  @Override
  public Optional<TransactionReceipt> receipt(Hash32 transaction) {
    return chain.receipt(transaction);
  }
}
