package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.FinalBlock;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.payments.exact.PaymentKey;
import org.earnest.payments.exact.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What it means for a payment that its transaction was refused, or mined and reverted. */
final class Rejections {
  private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);

  private final ChainReader chain;
  private final FinalBlock last;
  private final AuthorizationFate fate;
  private final Preemption preemption;

  Rejections(ChainReader chain, FinalBlock last) {
    this.chain = chain;
    this.last = last;
    this.fate = new AuthorizationFate(chain, last);
    this.preemption = new Preemption(chain);
  }

  boolean expired(PaymentKey key, BigInteger validBefore) {
    return fate.of(key, validBefore) == AuthorizationFate.Fate.EXPIRED;
  }

  long newestBlock() {
    return preemption.newestBlock();
  }

  long blockOfAge(Duration age) {
    return preemption.blockOfAge(age);
  }

  Settlement after(Settlement known, SubmissionOutcome.Rejected rejected) {
    // Before the search: what the fate counts as used lies within the blocks that are searched.
    AuthorizationFate.Fate end = fate.of(known.key(), known.validBefore());
    boolean used = end == AuthorizationFate.Fate.USED || fate.usedByNow(known.key());
    return made(known).orElseGet(() -> withoutTransfer(known, rejected, end, used));
  }

  /** Of the transaction that is known, while it is on the chain. */
  Optional<TransactionReceipt> receipt(Settlement known) {
    return known.transaction().flatMap(chain::receipt);
  }

  /** What the chain says of a settlement whose transaction it does not show. */
  Settlement unmined(Settlement known) {
    AuthorizationFate.Fate end = fate.of(known.key(), known.validBefore());
    if (fate.usedByNow(known.key())) {
      return made(known).orElse(known);
    }
    if (end == AuthorizationFate.Fate.EXPIRED) {
      return expired(known);
    }
    // What failed without a transaction was never on the chain.
    return known.state() == SettlementState.SUBMITTED || known.transaction().isEmpty()
        ? known
        : known.pendingIn(Optional.empty());
  }

  private static Settlement expired(Settlement known) {
    return known.failedFor(
        Reason.AUTHORIZATION_EXPIRED,
        "the authorization expired before it could be used",
        Optional.empty(),
        true);
  }

  private Optional<Settlement> made(Settlement known) {
    return preemption
        .find(known)
        .map(receipt -> known.settledBy(receipt.transaction(), last.reaches(receipt.block())));
  }

  private static Settlement withoutTransfer(
      Settlement known,
      SubmissionOutcome.Rejected rejected,
      AuthorizationFate.Fate end,
      boolean used) {
    if (rejected.transaction().isPresent() && used) {
      return usedElsewhere(known, rejected.transaction());
    }
    if (rejected.transaction().isPresent()) {
      return known.failedFor(
          known.transactionFailed(),
          rejected.code() + ": " + rejected.reason(),
          rejected.transaction(),
          end == AuthorizationFate.Fate.EXPIRED);
    }
    return switch (end) {
      case EXPIRED -> expired(known);
      case USED -> usedElsewhere(known, Optional.empty());
      case LIVE -> waiting(known, rejected);
    };
  }

  /** It may have moved the money after all, where the search cannot see: no end. */
  private static Settlement usedElsewhere(Settlement known, Optional<Hash32> transaction) {
    return known.failedFor(
        known.nonceUsed(),
        "the authorization was cancelled, or used by a transaction that is not found",
        transaction,
        false);
  }

  private static Settlement waiting(Settlement known, SubmissionOutcome.Rejected rejected) {
    Obstacle obstacle = Obstacle.of(rejected.code(), rejected.reason());
    if (obstacle.isTheOperators()) {
      LOG.warn("settlement {} waits: {}: {}", known.id(), rejected.code(), rejected.reason());
    }
    return known.waitingFor(obstacle);
  }
}
