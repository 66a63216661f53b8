package org.earnest.kit.logcache;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.LogRef;

/** Logs of every shape that a chain allows, by a seed. */
final class SomeLogs {
  static final Caip2ChainId CHAIN = Caip2ChainId.eip155(8453);
  static final CacheKey KEY =
      new CacheKey(CHAIN, hash(new Random(1)), Set.of(contract(0), contract(1)), List.of());

  private static final int LOGS_OF_A_BLOCK = 4;
  private static final int MOST_DATA = 300;

  private SomeLogs() {}

  static LogSegment segment(long seed, long from, long to) {
    Random random = new Random(seed);
    List<ChainLog> logs = new ArrayList<>();
    BlockRef end = null;
    for (long number = from; number <= to; number++) {
      end = new BlockRef(CHAIN, number, hash(random));
      OptionalLong time = random.nextBoolean() ? OptionalLong.of(2 * number) : OptionalLong.empty();
      for (int i = random.nextInt(LOGS_OF_A_BLOCK); i > 0; i--) {
        logs.add(log(random, end, time, LOGS_OF_A_BLOCK - i));
      }
    }
    if (end == null) {
      throw new IllegalArgumentException("no blocks");
    }
    return new LogSegment(from, end, logs);
  }

  private static ChainLog log(Random random, BlockRef block, OptionalLong time, int index) {
    List<Hash32> topics = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      topics.add(hash(random));
    }
    byte[] data = new byte[random.nextInt(MOST_DATA)];
    random.nextBytes(data);
    return new ChainLog(
        new LogRef(block, hash(random), index),
        contract(random.nextInt(2)),
        topics,
        Hex.encode(data),
        false,
        time);
  }

  static EvmAddress contract(int number) {
    return new EvmAddress("0x%040x".formatted(number + 1));
  }

  static Hash32 hash(Random random) {
    byte[] bytes = new byte[Hash32.BYTES];
    random.nextBytes(bytes);
    return Hash32.of(bytes);
  }
}
