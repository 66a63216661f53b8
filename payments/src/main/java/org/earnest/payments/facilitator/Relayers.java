package org.earnest.payments.facilitator;

import java.util.List;
import java.util.stream.Stream;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.payments.exact.TransferMethod;

/**
 * Who brings payments on chain and pays the gas.
 *
 * @param transfers of EIP-3009: any account may send them, several in one transaction
 * @param single of what has to be a transaction of its own: by one account, which scheme {@code
 *     upto} binds payments to
 */
public record Relayers(TransactionSubmitter transfers, TransactionSubmitter single) {
  /** One account for all, each payment in a transaction of its own. */
  public static Relayers of(TransactionSubmitter submitter) {
    return new Relayers(submitter, submitter);
  }

  TransactionSubmitter of(TransferMethod method) {
    return switch (method) {
      case EIP3009, AUTH_CAPTURE -> transfers;
      case PERMIT2, UPTO -> single;
    };
  }

  /** All accounts that may send. */
  List<EvmAddress> senders() {
    return Stream.concat(transfers.senders().stream(), Stream.of(single.sender()))
        .distinct()
        .toList();
  }
}
