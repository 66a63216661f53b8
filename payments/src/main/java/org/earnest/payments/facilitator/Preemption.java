package org.earnest.payments.facilitator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.event.TokenEvent;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogQuery;

/**
 * An authorization can be brought on chain by anybody who saw it. Then our transaction fails
 * although the payee has the money: the payment counts as settled by the other transaction.
 */
final class Preemption {
  /** How far back is looked: an authorization lives for minutes. */
  static final long LOOKBACK_BLOCKS = 1_000;

  private static final Hash32 AUTHORIZATION_USED =
      Keccak256.hash("AuthorizationUsed(address,bytes32)");

  private final ChainReader chain;

  Preemption(ChainReader chain) {
    this.chain = chain;
  }

  /** The transaction that made this payment, whoever sent it. */
  Optional<Hash32> find(Settlement settlement) {
    TokenEvent used =
        new TokenEvent.AuthorizationUsed(settlement.key().from(), settlement.key().nonce());
    long head = chain.block(BlockTag.Named.LATEST).map(block -> block.ref().number()).orElse(0L);
    LogQuery query =
        new LogQuery(
            Math.max(0, head - LOOKBACK_BLOCKS),
            head,
            Set.of(settlement.key().asset().token()),
            List.of(AUTHORIZATION_USED));
    return chain.logs(query).stream()
        .filter(log -> SettlementEvidence.event(log).filter(used::equals).isPresent())
        .map(log -> log.ref().transaction())
        .filter(hash -> provedBy(hash, settlement))
        .findFirst();
  }

  private boolean provedBy(Hash32 hash, Settlement settlement) {
    return chain
        .receipt(hash)
        .filter(receipt -> SettlementEvidence.proves(receipt, settlement))
        .isPresent();
  }
}
