package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.util.List;
import org.earnest.bindings.call.Permit2Reads;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.event.TokenEvent;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.payments.exact.PaymentKey;

/**
 * The x402 proxies before Permit2. No event names the nonce: what is proved is that the proxy
 * settled, and that before it said so exactly this amount moved from payer to payee. Of a
 * transaction that somebody else sent this proves nothing, as another payment may look the same.
 */
record Permit2Rail() implements Rail {
  private static final Hash32 SETTLED = Keccak256.hash("Settled()");
  private static final Hash32 SETTLED_WITH_PERMIT = Keccak256.hash("SettledWithPermit()");
  private static final List<Hash32> ENDS = List.of(SETTLED, SETTLED_WITH_PERMIT);

  @Override
  public boolean isUsed(ChainReader chain, PaymentKey key, BlockTag at) {
    return new Permit2Reads(chain).isUsed(key.from(), new BigInteger(1, key.nonce().bytes()), at);
  }

  @Override
  public boolean proves(TransactionReceipt receipt, Settlement settlement) {
    TokenEvent moved =
        new TokenEvent.Transferred(
            settlement.key().from(), settlement.payTo(), settlement.amount());
    EvmAddress token = settlement.key().asset().token();
    boolean waiting = false;
    for (ChainLog log : receipt.logs()) {
      if (log.address().equals(token)
          && SettlementEvidence.event(log).filter(moved::equals).isPresent()) {
        waiting = true;
      } else if (isEnd(settlement, log)) {
        if (waiting) {
          return receipt.succeeded();
        }
      }
    }
    return false;
  }

  private static boolean isEnd(Settlement settlement, ChainLog log) {
    return log.address().equals(settlement.contract())
        && !log.topics().isEmpty()
        && ENDS.contains(log.topics().getFirst());
  }
}
