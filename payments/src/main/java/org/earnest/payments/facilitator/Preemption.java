package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.event.TokenEvent;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.TransactionReceipt;

/**
 * An authorization can be brought on chain by anybody who saw it. Then our transaction fails
 * although the payee has the money: the payment counts as settled by the other transaction.
 */
final class Preemption {
  /** Blocks that a node is asked for at once. */
  static final long PAGE_BLOCKS = 1_000;

  /** At one look, from the beginning, and as many from the newest block back to them. */
  static final int MAX_PAGES = 100;

  /** A settlement may have begun in a block that was taken back; no chain takes back so many. */
  private static final long MOST_TAKEN_BACK = 64;

  private static final Hash32 AUTHORIZATION_USED =
      Keccak256.hash("AuthorizationUsed(address,bytes32)");

  private final ChainReader chain;

  Preemption(ChainReader chain) {
    this.chain = chain;
  }

  long newestBlock() {
    return chain.block(BlockTag.Named.LATEST).map(block -> block.ref().number()).orElse(0L);
  }

  /**
   * The transaction that made this payment, whoever sent it: looked for from where the settlement
   * began to where its authorization expired. Where that is too far, or where the beginning is not
   * known, the newest blocks are searched as well.
   */
  Optional<TransactionReceipt> find(Settlement settlement) {
    long head = newestBlock();
    long from = Math.max(0, settlement.begunIn() - MOST_TAKEN_BACK);
    for (int page = 0; page < MAX_PAGES && from <= head; page++) {
      long to = Math.min(head, from + PAGE_BLOCKS - 1);
      Optional<TransactionReceipt> found = find(settlement, from, to);
      if (found.isPresent() || expiredIn(settlement, to)) {
        return found;
      }
      from = to + 1;
    }
    return findBackwards(settlement, from, head);
  }

  private Optional<TransactionReceipt> findBackwards(
      Settlement settlement, long from, long newest) {
    long to = newest;
    for (int page = 0; page < MAX_PAGES && to >= from; page++) {
      long first = Math.max(from, to - PAGE_BLOCKS + 1);
      Optional<TransactionReceipt> found = find(settlement, first, to);
      if (found.isPresent()) {
        return found;
      }
      to = first - 1;
    }
    return Optional.empty();
  }

  private Optional<TransactionReceipt> find(Settlement settlement, long from, long to) {
    TokenEvent used =
        new TokenEvent.AuthorizationUsed(settlement.key().from(), settlement.key().nonce());
    LogQuery query =
        new LogQuery(
            from, to, Set.of(settlement.key().asset().token()), List.of(AUTHORIZATION_USED));
    return chain.logs(query).stream()
        .filter(log -> SettlementEvidence.event(log).filter(used::equals).isPresent())
        .flatMap(log -> chain.receipt(log.ref().transaction()).stream())
        .filter(receipt -> SettlementEvidence.proves(receipt, settlement))
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
