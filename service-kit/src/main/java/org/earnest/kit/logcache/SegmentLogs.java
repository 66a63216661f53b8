package org.earnest.kit.logcache;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.LogRef;

/**
 * Logs as bytes: blocks, each with its time, and contracts once each, then every log with its
 * places among them.
 */
final class SegmentLogs {
  /** Instead of a block's time. */
  private static final long UNTOLD = 0;

  private static final int MAX_TOPICS = 4;

  private SegmentLogs() {}

  static byte[] write(List<ChainLog> logs) {
    Map<BlockRef, Integer> blocks = new LinkedHashMap<>();
    Map<BlockRef, Long> times = new HashMap<>();
    Map<EvmAddress, Integer> contracts = new LinkedHashMap<>();
    long length = 3L * Integer.BYTES;
    for (ChainLog log : logs) {
      blocks.putIfAbsent(log.ref().block(), blocks.size());
      log.time().ifPresent(time -> times.putIfAbsent(log.ref().block(), time));
      contracts.putIfAbsent(log.address(), contracts.size());
      length += length(log);
    }
    length += blocks.size() * (long) (2 * Long.BYTES + Hash32.BYTES);
    length += contracts.size() * (long) EvmAddress.BYTES;
    if (length > SegmentFormat.MAX_UNPACKED) {
      throw new IllegalArgumentException("the logs of one segment are too many: " + length);
    }
    ByteBuffer out = ByteBuffer.allocate((int) length);
    out.putInt(blocks.size());
    for (BlockRef block : blocks.keySet()) {
      out.putLong(block.number()).put(block.hash().bytes());
      out.putLong(times.getOrDefault(block, UNTOLD));
    }
    out.putInt(contracts.size());
    contracts.keySet().forEach(contract -> out.put(contract.bytes()));
    out.putInt(logs.size());
    for (ChainLog log : logs) {
      out.putInt(place(blocks, log.ref().block())).putInt(place(contracts, log.address()));
      out.putInt(log.ref().logIndex()).put(log.ref().transaction().bytes());
      out.put((byte) log.topics().size());
      log.topics().forEach(topic -> out.put(topic.bytes()));
      byte[] data = Hex.decode(log.data());
      out.putInt(data.length).put(data);
    }
    return out.array();
  }

  private static <T> int place(Map<T, Integer> places, T what) {
    return Objects.requireNonNull(places.get(what));
  }

  private static long length(ChainLog log) {
    int data = (log.data().length() - 2) / 2;
    return 4L * Integer.BYTES + 1 + Hash32.BYTES * (1L + log.topics().size()) + data;
  }

  /**
   * Reads them again; throws what a buffer throws that is too short.
   *
   * @throws IllegalArgumentException where they make no sense
   */
  static List<ChainLog> read(Caip2ChainId chain, ByteBuffer in) {
    List<Block> blocks = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      blocks.add(new Block(new BlockRef(chain, in.getLong(), hash(in)), time(in.getLong())));
    }
    List<EvmAddress> contracts = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      contracts.add(EvmAddress.of(take(in, EvmAddress.BYTES)));
    }
    List<ChainLog> logs = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      logs.add(log(blocks, contracts, in));
    }
    if (in.hasRemaining()) {
      throw new IllegalArgumentException("there is more than the logs");
    }
    return logs;
  }

  /** What its logs have in common. */
  private record Block(BlockRef ref, OptionalLong time) {}

  private static OptionalLong time(long written) {
    return written > UNTOLD ? OptionalLong.of(written) : OptionalLong.empty();
  }

  private static ChainLog log(List<Block> blocks, List<EvmAddress> contracts, ByteBuffer in) {
    Block block = blocks.get(in.getInt());
    EvmAddress contract = contracts.get(in.getInt());
    int index = in.getInt();
    LogRef ref = new LogRef(block.ref(), hash(in), index);
    int count = in.get();
    if (count < 0 || count > MAX_TOPICS) {
      throw new IllegalArgumentException("a log has at most four topics");
    }
    List<Hash32> topics = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      topics.add(hash(in));
    }
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a log is longer than the file");
    }
    return new ChainLog(ref, contract, topics, Hex.encode(take(in, length)), false, block.time());
  }

  private static Hash32 hash(ByteBuffer in) {
    return Hash32.of(take(in, Hash32.BYTES));
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
