package org.earnest.payments.facilitator;

import java.util.List;
import java.util.Optional;
import org.earnest.bindings.event.ContractEvent;
import org.earnest.bindings.event.Decoding;
import org.earnest.bindings.event.EventDecoder;
import org.earnest.bindings.event.TokenEvent;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.TransactionReceipt;

/** Whether a receipt proves that this payment was made. */
final class SettlementEvidence {
  private SettlementEvidence() {}

  /**
   * True when the token says in one breath that this nonce was used and that exactly this amount
   * moved from payer to payee, or to the escrow's collector, which the nonce binds to one payment.
   * The transfer alone would not do: another payment in the same transaction may look the same.
   */
  static boolean proves(TransactionReceipt receipt, Settlement settlement) {
    TokenEvent used =
        new TokenEvent.AuthorizationUsed(settlement.key().from(), settlement.key().nonce());
    TokenEvent moved =
        new TokenEvent.Transferred(
            settlement.key().from(), settlement.recipient(), settlement.amount());
    List<ContractEvent> events =
        receipt.logs().stream()
            .filter(log -> log.address().equals(settlement.key().asset().token()))
            .flatMap(log -> event(log).stream())
            .toList();
    int at = events.indexOf(used);
    return receipt.succeeded()
        && at >= 0
        && at + 1 < events.size()
        && events.get(at + 1).equals(moved);
  }

  static Optional<ContractEvent> event(ChainLog log) {
    return switch (EventDecoder.decode(log)) {
      case Decoding.Decoded decoded -> Optional.of(decoded.event());
      case Decoding.Unrecognised unrecognised -> Optional.empty();
      case Decoding.Malformed malformed -> Optional.empty();
    };
  }
}
