package org.earnest.cli.x402;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.earnest.bindings.call.CaptureReads;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.bindings.event.PaymentAuthorized;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.LogRangeRefusedException;
import org.earnest.kit.process.StartupException;

/** Payments in escrow by what the chain tells of them: whoever asks needs no memory. */
final class EscrowedPayments {
  /** As much as public nodes answer at once. */
  private static final long FIRST_RANGE = 10_000;

  private static final BlockTag NOW = BlockTag.Named.LATEST;

  private final ChainReader chain;
  private final CaptureReads reads;

  EscrowedPayments(ChainReader chain) {
    this.chain = chain;
    this.reads = new CaptureReads(chain);
  }

  /** How one stands, now. */
  EscrowStanding standing(PaymentInfo payment) {
    return new EscrowStanding(
        payment,
        payment.id(chain.chainId()),
        reads.money(payment, NOW),
        reads.hold(payment, NOW),
        chain.time());
  }

  /**
   * The payment that a transaction brought into escrow.
   *
   * @param prefix of the payment's id, where the transaction brought several; else empty
   * @throws StartupException {@code payment_unknown} or {@code payment_ambiguous}
   */
  PaymentInfo find(Hash32 transaction, String prefix) {
    List<PaymentInfo> found =
        chain.receipt(transaction).stream()
            .flatMap(receipt -> payments(receipt.logs()).stream())
            .filter(payment -> payment.id(chain.chainId()).hex().startsWith(prefix))
            .toList();
    if (found.isEmpty()) {
      throw new StartupException(
          "payment_unknown",
          "the transaction has brought no such payment into escrow on " + chain.chainId(),
          "Name the transaction that ./earnest x402 pay printed, and a node of its chain");
    }
    if (found.size() > 1) {
      throw new StartupException(
          "payment_ambiguous",
          "the transaction has brought several payments into escrow: " + ids(found),
          "Name one of them with --payment");
    }
    return found.getFirst();
  }

  private String ids(List<PaymentInfo> payments) {
    return String.join(
        ", ", payments.stream().map(payment -> payment.id(chain.chainId()).hex()).toList());
  }

  /** What came into escrow under an operator in the last blocks, the oldest first. */
  List<PaymentInfo> recent(EvmAddress operator, long blocks) {
    long last = chain.block(NOW).orElseThrow().ref().number();
    long from = Math.max(0, last - blocks + 1);
    long width = FIRST_RANGE;
    List<PaymentInfo> found = new ArrayList<>();
    while (from <= last) {
      long to = Math.min(last, from + width - 1);
      try {
        payments(
                chain.logs(
                    new LogQuery(
                        from, to, Set.of(PaymentInfo.ESCROW), List.of(PaymentAuthorized.TOPIC))))
            .stream()
            .filter(payment -> payment.operator().equals(operator))
            .forEach(found::add);
        from = to + 1;
      } catch (LogRangeRefusedException large) {
        if (width == 1) {
          throw large;
        }
        width = Math.clamp(large.blocks().orElse(width / 2), 1, width - 1);
      }
    }
    return found;
  }

  private List<PaymentInfo> payments(List<ChainLog> logs) {
    return logs.stream()
        .flatMap(log -> PaymentAuthorized.read(chain.chainId(), log).stream())
        .toList();
  }
}
