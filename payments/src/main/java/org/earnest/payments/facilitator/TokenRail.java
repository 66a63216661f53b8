package org.earnest.payments.facilitator;

import java.util.List;
import java.util.Set;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.event.TokenEvent;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.payments.exact.PaymentKey;

/** EIP-3009: the token itself says which nonce was used. */
record TokenRail() implements Rail {
  private static final Hash32 AUTHORIZATION_USED =
      Keccak256.hash("AuthorizationUsed(address,bytes32)");

  @Override
  public boolean isUsed(ChainReader chain, PaymentKey key, BlockTag at) {
    return new TokenReads(chain, key.asset().token())
        .authorizationUsed(key.from(), key.nonce(), at);
  }

  @Override
  public boolean proves(TransactionReceipt receipt, Settlement settlement) {
    return SettlementEvidence.proves(receipt, settlement);
  }

  /** The logs among which there is one of the transaction that made it, whoever sent that. */
  LogQuery traces(Settlement settlement, long from, long to) {
    return new LogQuery(
        from, to, Set.of(settlement.key().asset().token()), List.of(AUTHORIZATION_USED));
  }

  /** Whether it is that one, by the log alone. */
  boolean isOf(Settlement settlement, ChainLog log) {
    TokenEvent used =
        new TokenEvent.AuthorizationUsed(settlement.key().from(), settlement.key().nonce());
    return SettlementEvidence.event(log).filter(used::equals).isPresent();
  }
}
