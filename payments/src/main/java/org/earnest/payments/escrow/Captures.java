package org.earnest.payments.escrow;

import java.math.BigInteger;
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
import org.earnest.core.submission.FinalBlock;
import org.earnest.core.submission.Finality;
import org.earnest.core.submission.NumberedAttempts;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches out of escrow what buyers can no longer dispute. What is held is captured once however
 * often this is done and wherever it was interrupted; one that was frozen waits for its arbiter,
 * and what expires is its payer's.
 */
public final class Captures {
  /**
   * How often a capture is sent anew whose transaction was mined in vain, for good. Then somebody
   * has to look why.
   */
  static final int ATTEMPTS = 5;

  /** Enough for one to be sent; whether it was mined is seen in a later round. */
  private static final Duration SENDING = Duration.ofMillis(500);

  /** How many payments are asked for at a time. */
  private static final int PAGE = 100;

  private static final BlockTag NOW = BlockTag.Named.LATEST;
  private static final Logger LOG = LoggerFactory.getLogger(Captures.class);

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
   * Looks at all payments once, at those first whose time ends first. No capture waits for another
   * to be mined: call it again and again. The newest block's time decides what is due, as nodes
   * rehearse a capture by it: where nothing is mined, nothing falls due.
   *
   * @return how many captures are on their way, or were mined at once
   * @throws ChainUnavailableException when the chain cannot be asked; another round goes on
   */
  public int round() {
    long now = chain.block(NOW).map(BlockHeader::timestamp).orElse(0L);
    int sent = 0;
    Optional<HeldPayment> after = Optional.empty();
    List<HeldPayment> page = held.open(after, PAGE);
    while (!page.isEmpty()) {
      for (HeldPayment payment : page) {
        sent += look(payment, now) ? 1 : 0;
      }
      after = Optional.of(page.getLast());
      page = held.open(after, PAGE);
    }
    return sent;
  }

  private boolean look(HeldPayment known, long now) {
    PaymentInfo payment = known.payment();
    if (!known.chain().equals(chain.chainId()) || !payment.receiver().equals(receiver.sender())) {
      return false;
    }
    if (now >= payment.authorizationExpiry()) {
      forget(known);
      return false;
    }
    CaptureReads.Money money = reads.money(payment, NOW);
    if (money.capturable().signum() == 0) {
      forget(known);
      return false;
    }
    CaptureReads.Hold hold = reads.hold(payment, NOW);
    return now >= hold.freezableUntil() && !hold.frozen() && capture(known, money.capturable());
  }

  private boolean capture(HeldPayment known, BigInteger amount) {
    ChainCall call = new CaptureOperatorCalls(known.payment()).capture(amount);
    String key = "x402-capture:%s:%s:".formatted(known.id(), amount);
    SubmissionOutcome outcome =
        new NumberedAttempts(ATTEMPTS)
            .submit(
                receiver,
                number -> new SubmissionRequest(key + number, call.to(), call.data()),
                SENDING);
    return switch (outcome) {
      case SubmissionOutcome.Settled settled -> {
        LOG.info("payment {} was captured by {}", known.id(), settled.receipt().transaction());
        yield true;
      }
      case SubmissionOutcome.Pending pending -> true;
      case SubmissionOutcome.Unknown unknown -> true;
      case SubmissionOutcome.Rejected rejected -> {
        LOG.warn("{} captures nothing: {}: {}", key, rejected.code(), rejected.reason());
        if (NumberedAttempts.isVain(rejected)) {
          LOG.error("payment {} is not captured after {} attempts", known.id(), ATTEMPTS);
        }
        yield false;
      }
    };
  }

  /**
   * Only by a block that no reorganisation takes back: once it cannot be captured any more, or when
   * nothing of it is there and it was fetched, or can be no more.
   */
  private void forget(HeldPayment known) {
    Optional<BlockHeader> header = last.header();
    if (header.isEmpty()) {
      return;
    }
    if (header.get().timestamp() >= known.payment().authorizationExpiry()) {
      held.ended(known.id());
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
