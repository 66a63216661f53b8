package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.TransactionReceipt;

/**
 * An authorization can be brought on chain by anybody who saw it. Then our transaction fails
 * although the payee has the money: the payment counts as settled by the other transaction, where
 * its token tells which payment that made.
 */
final class Preemption {
  /** Blocks that a node is asked for at once. */
  static final long PAGE_BLOCKS = 1_000;

  /** At one look, from the beginning, and as many from the newest block back to them. */
  static final int MAX_PAGES = 100;

  /** A settlement may have begun in a block that was taken back; no chain takes back so many. */
  private static final long MOST_TAKEN_BACK = 64;

  private final ChainReader chain;

  Preemption(ChainReader chain) {
    this.chain = chain;
  }

  long newestBlock() {
    return chain.block(BlockTag.Named.LATEST).map(block -> block.ref().number()).orElse(0L);
  }

  /**
   * A block that is as old as that, by the chain's own clock, and not much older.
   *
   * @return zero where the chain is younger
   */
  long blockOfAge(Duration age) {
    Optional<BlockHeader> head = chain.block(BlockTag.Named.LATEST);
    long newest = head.map(block -> block.ref().number()).orElse(0L);
    long then = head.map(BlockHeader::timestamp).orElse(0L) - age.toSeconds();
    long back = MOST_TAKEN_BACK;
    while (back < newest && isAfter(newest - back, then)) {
      back *= 2;
    }
    return Math.max(0, newest - back);
  }

  private boolean isAfter(long block, long second) {
    return chain
        .block(new BlockTag.Height(block))
        .filter(header -> header.timestamp() > second)
        .isPresent();
  }

  /**
   * The transaction that made this payment, whoever sent it: looked for from where the settlement
   * began to where its authorization expired. Where that is too far, or where the beginning is not
   * known, the newest blocks are searched as well.
   */
  Optional<TransactionReceipt> find(Settlement settlement) {
    return Rail.of(settlement.key().method()) instanceof TokenRail rail
        ? find(rail, settlement)
        : Optional.empty();
  }

  private Optional<TransactionReceipt> find(TokenRail rail, Settlement settlement) {
    long head = newestBlock();
    long from = Math.max(0, settlement.begunIn() - MOST_TAKEN_BACK);
    for (int page = 0; page < MAX_PAGES && from <= head; page++) {
      long to = Math.min(head, from + PAGE_BLOCKS - 1);
      Optional<TransactionReceipt> found = find(rail, settlement, from, to);
      if (found.isPresent() || expiredIn(settlement, to)) {
        return found;
      }
      from = to + 1;
    }
    return findBackwards(rail, settlement, from, head);
  }

  private Optional<TransactionReceipt> findBackwards(
      TokenRail rail, Settlement settlement, long from, long newest) {
    long to = newest;
    for (int page = 0; page < MAX_PAGES && to >= from; page++) {
      long first = Math.max(from, to - PAGE_BLOCKS + 1);
      Optional<TransactionReceipt> found = find(rail, settlement, first, to);
      if (found.isPresent()) {
        return found;
      }
      to = first - 1;
    }
    return Optional.empty();
  }

  private Optional<TransactionReceipt> find(
      TokenRail rail, Settlement settlement, long from, long to) {
    return chain.logs(rail.traces(settlement, from, to)).stream()
        .filter(log -> rail.isOf(settlement, log))
        .map(log -> log.ref().transaction())
        .distinct()
        .flatMap(transaction -> chain.receipt(transaction).stream())
        .filter(receipt -> rail.proves(receipt, settlement))
        .findFirst();
  }

  private boolean expiredIn(Settlement settlement, long block) {
    return chain
        .block(new BlockTag.Height(block))
        .map(header -> BigInteger.valueOf(header.timestamp()))
        .filter(time -> time.compareTo(settlement.validBefore()) >= 0)
        .isPresent();
  }
}
