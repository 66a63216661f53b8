package org.earnest.kit.follow;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainRateLimitedException;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.LogRangeRefusedException;
import org.earnest.core.chain.LogRef;
import org.earnest.core.chain.LogsBloom;

/** A chain of blocks with logs that can grow, lose its end, and refuse to answer. */
final class SimulatedChain extends LogsAlone {
  static final EvmAddress CONTRACT = new EvmAddress("0x" + "c0".repeat(20));
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);

  /** More blocks than a test makes, so that a fork's have hashes of their own. */
  private static final long FORKED = 1_000_000;

  private record Block(BlockHeader header, List<ChainLog> logs) {}

  private final List<Block> blocks = new ArrayList<>();
  private long made;
  private int maxRange = Integer.MAX_VALUE;
  private int maxAnswered = Integer.MAX_VALUE;
  private int mostLogs = Integer.MAX_VALUE;
  private int refusals;
  private OptionalLong toldRange = OptionalLong.empty();
  private int logQueries;
  private int requests;
  private final Set<Long> heightsAsked = new HashSet<>();
  private Runnable beforeLogs = () -> {};
  private int actionAt;
  private int strangersAnswers;
  private long forkedAt;
  private boolean silentAtHeight;
  private final Set<Long> untold = new HashSet<>();
  private final Set<Long> limitedAt = new HashSet<>();
  private boolean silentOnFinality;
  private volatile boolean speaksOfEverybody;
  private int lateAnswers;
  private boolean backwards;
  private final Set<Long> withheld = new HashSet<>();
  private boolean orphans;
  private int mostBlocks = Integer.MAX_VALUE;
  private int allowed = Integer.MAX_VALUE;
  private Caip2ChainId id = CHAIN;
  private final Map<Long, SimulatedChain> toldBy = new HashMap<>();
  private Optional<SimulatedChain> logsBy = Optional.empty();

  SimulatedChain(int genesis) {
    made = genesis;
    grow(1, 0);
  }

  /** The same blocks so far, and other ones after them. */
  synchronized SimulatedChain fork() {
    SimulatedChain fork = new SimulatedChain(0);
    fork.made = made + FORKED;
    fork.blocks.clear();
    fork.blocks.addAll(blocks);
    return fork;
  }

  /** Another node behind the same URL tells each of these heights once. */
  synchronized void tellOnceBy(SimulatedChain node, long... heights) {
    Arrays.stream(heights).forEach(height -> toldBy.put(height, node));
  }

  /** Another node behind the same URL answers the next question for logs. */
  synchronized void giveLogsOnceBy(SimulatedChain node) {
    logsBy = Optional.of(node);
  }

  /** Its blocks are from now on those of the other one. */
  synchronized void become(SimulatedChain other) {
    blocks.clear();
    blocks.addAll(other.blocks);
    made = other.made;
  }

  /** Its node names another chain; its blocks are what they were. */
  synchronized void callItself(Caip2ChainId other) {
    id = other;
  }

  /** Questions for more blocks are not answered in time. */
  synchronized void tellAtMost(int blocksAtOnce) {
    mostBlocks = blocksAtOnce;
  }

  /** Adds blocks, each with this many logs; no two blocks ever have one hash. */
  synchronized void grow(int count, int logs) {
    grow(count, logs, List.of(CONTRACT), "0x");
  }

  /** The same, by several contracts in turn. */
  synchronized void grow(int count, int logs, List<EvmAddress> by, String data) {
    for (int i = 0; i < count; i++) {
      long number = blocks.size();
      BlockRef ref = new BlockRef(CHAIN, number, hash(++made));
      Hash32 parent =
          blocks.isEmpty() || orphans ? Hash32.ZERO : blocks.getLast().header().ref().hash();
      List<ChainLog> own = new ArrayList<>();
      for (int log = 0; log < logs; log++) {
        own.add(
            new ChainLog(
                new LogRef(ref, hash(made * 1_000 + log), log),
                by.get(log % by.size()),
                List.of(hash(log % 3)),
                data,
                false));
      }
      BlockHeader header = new BlockHeader(ref, parent, number, BigInteger.ZERO);
      blocks.add(new Block(header.with(bloom(logs > 0 ? by : List.of())), own));
    }
  }

  private LogsBloom bloom(List<EvmAddress> by) {
    return bytes ->
        speaksOfEverybody
            || by.stream().anyMatch(contract -> contract.equals(EvmAddress.of(bytes)));
  }

  /** Headers speak of contracts that logged nothing. */
  synchronized void speakOfEverybody() {
    speaksOfEverybody = true;
  }

  /** So many answers lack the newest block's logs. */
  synchronized void tellTheNewestLate(int answers) {
    lateAnswers = answers;
  }

  /** Answers lack the logs of these heights, and of no others, however late. */
  synchronized void withholdLogsOf(Long... heights) {
    withheld.clear();
    withheld.addAll(List.of(heights));
  }

  /** Its next blocks name no parent, as those that Hardhat mines at once. */
  synchronized void nameNoParents() {
    orphans = true;
  }

  /** The last log comes first. */
  synchronized void answerBackwards() {
    backwards = true;
  }

  /** Takes the newest blocks away. */
  synchronized void drop(int count) {
    blocks.subList(blocks.size() - count, blocks.size()).clear();
  }

  /** Answers of more logs are refused. */
  synchronized void refuseAnswersAbove(int logs) {
    mostLogs = logs;
  }

  synchronized void refuseRangesAbove(int max, OptionalLong told) {
    maxRange = max;
    toldRange = told;
  }

  /** Larger ranges are not answered, without a reason. */
  synchronized void giveUpAbove(int max) {
    maxAnswered = max;
  }

  /** So many questions are answered, until more are allowed. */
  synchronized void allow(int questions) {
    allowed = questions;
  }

  /** One question each for logs of these heights is one too many. */
  synchronized void limitOnceAt(Long... heights) {
    limitedAt.addAll(List.of(heights));
  }

  private void count() {
    requests++;
    if (--allowed < 0) {
      throw new ChainRateLimitedException("too many requests");
    }
  }

  /** The next question for logs is not answered. */
  synchronized void failNext() {
    beforeLogs(
        1,
        () -> {
          throw new ChainUnavailableException("the node gave up");
        });
  }

  /** So many questions for logs are answered by a node that knows another block of that height. */
  synchronized void answerFromAFork(int answers, long at) {
    strangersAnswers = answers;
    forkedAt = at;
  }

  /** The newest block is told, and none by its height: nodes behind one URL that differ. */
  synchronized void tellNoHeights(boolean silent) {
    silentAtHeight = silent;
  }

  /** These heights are not told, and the others are. */
  synchronized void tellNothingOf(Long... heights) {
    untold.clear();
    untold.addAll(List.of(heights));
  }

  /** What is final is not told, as by a node that is busy. */
  synchronized void tellNoFinality(boolean silent) {
    silentOnFinality = silent;
  }

  /** How often a range was too large. */
  synchronized int refusals() {
    return refusals;
  }

  /** How often logs were asked for, refused or not. */
  synchronized int logQueries() {
    return logQueries;
  }

  /** How often anything was asked for; several blocks at once are one question. */
  synchronized int requests() {
    return requests;
  }

  /** The heights of which blocks were asked for since, however often each. */
  synchronized Set<Long> heightsAsked() {
    return Set.copyOf(heightsAsked);
  }

  synchronized void forgetHeightsAsked() {
    heightsAsked.clear();
  }

  /**
   * Runs once before a log query is answered.
   *
   * @param queries which one from now on; 1 is the next
   */
  synchronized void beforeLogs(int queries, Runnable action) {
    actionAt = logQueries + queries;
    beforeLogs = action;
  }

  synchronized long height() {
    return blocks.size() - 1L;
  }

  synchronized BlockRef head() {
    return blocks.getLast().header().ref();
  }

  synchronized List<ChainLog> allLogs() {
    return blocks.stream().flatMap(block -> block.logs().stream()).toList();
  }

  @Override
  public synchronized Caip2ChainId chainId() {
    return id;
  }

  @Override
  public synchronized Optional<BlockHeader> block(BlockTag tag) {
    count();
    return told(tag);
  }

  @Override
  public synchronized List<Optional<BlockHeader>> blocks(List<BlockTag> tags) {
    count();
    if (tags.size() > mostBlocks) {
      throw new ChainUnavailableException("no answer in time");
    }
    return tags.stream().map(this::told).toList();
  }

  private Optional<BlockHeader> told(BlockTag tag) {
    if (tag instanceof BlockTag.Height(long asked)) {
      heightsAsked.add(asked);
      SimulatedChain other = toldBy.remove(asked);
      if (other != null) {
        return other.told(tag);
      }
    }
    if (silentOnFinality && tag == BlockTag.Named.FINALIZED) {
      throw new ChainUnavailableException("the node gave up");
    }
    return switch (tag) {
      case BlockTag.Height(long number) when number > 0 && silentAtHeight -> Optional.empty();
      case BlockTag.Height(long number) when untold.contains(number) -> Optional.empty();
      case BlockTag.Height(long number) when number < blocks.size() ->
          Optional.of(blocks.get((int) number).header());
      case BlockTag.Height height -> Optional.empty();
      case BlockTag.Named named when named == BlockTag.Named.FINALIZED -> Optional.empty();
      case BlockTag.Named named -> Optional.of(blocks.getLast().header());
    };
  }

  @Override
  public synchronized long time() {
    return blocks.getLast().header().timestamp();
  }

  @Override
  public synchronized List<ChainLog> logs(LogQuery query) {
    count();
    if (++logQueries == actionAt) {
      beforeLogs.run();
    }
    if (limitedAt.removeIf(height -> query.fromBlock() <= height && height <= query.toBlock())) {
      throw new ChainRateLimitedException("too many requests");
    }
    if (query.toBlock() - query.fromBlock() + 1 > maxRange) {
      refusals++;
      throw new LogRangeRefusedException("range too large", toldRange);
    }
    if (query.toBlock() - query.fromBlock() + 1 > maxAnswered) {
      refusals++;
      throw new ChainUnavailableException("the node gave up");
    }
    if (logsBy.isPresent()) {
      SimulatedChain other = logsBy.get();
      logsBy = Optional.empty();
      return other.found(query, false);
    }
    boolean strange = strangersAnswers > 0;
    strangersAnswers -= strange ? 1 : 0;
    List<ChainLog> found = found(query, strange);
    if (query.toBlock() >= height() && lateAnswers > 0) {
      lateAnswers--;
      found = found.stream().filter(log -> !log.ref().block().equals(head())).toList();
    }
    found = found.stream().filter(log -> !withheld.contains(height(log))).toList();
    if (found.size() > mostLogs) {
      throw new LogRangeRefusedException("more results than may be", OptionalLong.empty());
    }
    return backwards ? found.reversed() : found;
  }

  private List<ChainLog> found(LogQuery query, boolean strange) {
    return blocks.stream()
        .map(block -> strange && block.header().ref().number() == forkedAt ? forked(block) : block)
        .filter(block -> block.header().ref().number() >= query.fromBlock())
        .filter(block -> block.header().ref().number() <= query.toBlock())
        .flatMap(block -> block.logs().stream())
        .filter(log -> query.addresses().contains(log.address()))
        .filter(log -> query.topic0().isEmpty() || query.topic0().contains(log.topics().getFirst()))
        .toList();
  }

  private static long height(ChainLog log) {
    return log.ref().block().number();
  }

  private static Block forked(Block block) {
    BlockHeader own = block.header();
    BlockRef other = new BlockRef(CHAIN, own.ref().number(), hash(Long.MAX_VALUE));
    return new Block(
        new BlockHeader(other, own.parentHash(), own.timestamp(), own.baseFee()),
        block.logs().stream()
            .map(
                log ->
                    new ChainLog(
                        new LogRef(other, log.ref().transaction(), log.ref().logIndex()),
                        log.address(),
                        log.topics(),
                        log.data(),
                        false))
            .toList());
  }

  private static Hash32 hash(long number) {
    return new Hash32("0x%064x".formatted(number));
  }
}
