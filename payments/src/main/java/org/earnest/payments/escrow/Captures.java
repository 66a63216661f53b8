package org.earnest.payments.escrow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.call.CaptureOperatorCalls;
import org.earnest.bindings.call.CaptureReads;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.FinalBlock;
import org.earnest.core.submission.Finality;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;

/**
 * Fetches out of escrow what buyers can no longer dispute. What is held is captured once however
 * often this is done and wherever it was interrupted; one that was frozen waits for its arbiter,
 * and what expires is its payer's.
 */
public final class Captures {
  /** How many payments are asked for at a time. */
  private static final int PAGE = 100;

  private static final BlockTag NOW = BlockTag.Named.LATEST;

  private final ChainReader chain;
  private final TransactionSubmitter receiver;
  private final HeldPayments held;
  private final FinalBlock last;
  private final CaptureReads reads;

  /**
   * For one seller on one chain.
   *
   * @param receiver sends as the account that is paid
   * @param finality when a payment is forgotten that has nothing in escrow any more
   */
  public Captures(
      ChainReader chain, TransactionSubmitter receiver, HeldPayments held, Finality finality) {
    this.chain = chain;
    this.receiver = receiver;
    this.held = held;
    this.last = new FinalBlock(chain, finality);
    this.reads = new CaptureReads(chain);
  }

  /**
   * Looks at all payments once.
   *
   * @param patience for each transaction
   * @return how many were sent to be captured
   * @throws ChainUnavailableException when the chain cannot be asked; another round goes on
   */
  public int round(Duration patience) {
    long now = chain.block(NOW).map(BlockHeader::timestamp).orElse(0L);
    int sent = 0;
    Optional<Hash32> after = Optional.empty();
    List<HeldPayment> page = held.open(after, PAGE);
    while (!page.isEmpty()) {
      for (HeldPayment payment : page) {
        sent += look(payment, now, patience) ? 1 : 0;
      }
      after = Optional.of(page.getLast().id());
      page = held.open(after, PAGE);
    }
    return sent;
  }

  private boolean look(HeldPayment known, long now, Duration patience) {
    PaymentInfo payment = known.payment();
    if (!known.chain().equals(chain.chainId()) || !payment.receiver().equals(receiver.sender())) {
      return false;
    }
    CaptureReads.Money money = reads.money(payment, NOW);
    if (money.capturable().signum() == 0) {
      forget(known);
      return false;
    }
    CaptureReads.Hold hold = reads.hold(payment, NOW);
    boolean due = now >= hold.freezableUntil() && now < payment.authorizationExpiry();
    if (!due || hold.frozen()) {
      return false;
    }
    ChainCall call = new CaptureOperatorCalls(payment).capture(money.capturable());
    String key = "x402-capture:%s:%s".formatted(known.id(), money.capturable());
    receiver.submit(new SubmissionRequest(key, call.to(), call.data()), patience);
    return true;
  }

  /**
   * Only by a block that no reorganisation takes back, and not before it could have been fetched.
   */
  private void forget(HeldPayment known) {
    Optional<BlockHeader> header = last.header();
    if (header.isEmpty()) {
      return;
    }
    BlockTag then = new BlockTag.Height(header.get().ref().number());
    CaptureReads.Money money = reads.money(known.payment(), then);
    boolean fetched =
        money.collected() || header.get().timestamp() >= known.payment().preApprovalExpiry();
    if (fetched && money.capturable().signum() == 0) {
      held.ended(known.id());
    }
  }
}
