package org.earnest.payments.facilitator;

import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.payments.exact.PaymentKey;
import org.earnest.payments.exact.TransferMethod;

/** How the chain tells of payments, by the way their money moves. */
sealed interface Rail permits TokenRail, Permit2Rail {
  static Rail of(TransferMethod method) {
    return switch (method) {
      case EIP3009 -> new TokenRail();
      case PERMIT2, UPTO -> new Permit2Rail();
    };
  }

  /** Whether the payment's nonce was used or cancelled. */
  boolean isUsed(ChainReader chain, PaymentKey key, BlockTag at);

  /** Whether this receipt shows that exactly this payment was made. */
  boolean proves(TransactionReceipt receipt, Settlement settlement);

  /** The logs among which there is one of the transaction that made it. */
  LogQuery traces(Settlement settlement, long from, long to);

  /** Whether it may be that one, by the log alone. */
  boolean mayBeOf(Settlement settlement, ChainLog log);

  /** Whether a receipt proves one payment alone, whatever others it holds that look the same. */
  boolean tellsApart();
}
