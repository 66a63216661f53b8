package org.earnest.payments.facilitator;

import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.payments.exact.PaymentKey;
import org.earnest.payments.exact.TransferMethod;

/** How the chain tells of payments, by the way their money moves. */
sealed interface Rail permits TokenRail, Permit2Rail {
  static Rail of(TransferMethod method) {
    return switch (method) {
      case EIP3009, AUTH_CAPTURE -> new TokenRail();
      case PERMIT2, UPTO -> new Permit2Rail();
    };
  }

  /** Whether the payment's nonce was used or cancelled. */
  boolean isUsed(ChainReader chain, PaymentKey key, BlockTag at);

  /** Whether this receipt of the payment's own transaction shows that exactly it was made. */
  boolean proves(TransactionReceipt receipt, Settlement settlement);
}
