package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.SubmissionJournal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is to number, sign and send for one account: one thread's of one process. A lock
 * orders the threads, the journal's lease the processes. The lease is given back when nobody here
 * waits for it, so that its term counts only for a process that died or sleeps.
 */
final class Turns {
  /**
   * The part of the term after which the lease is renewed, and another process gets a chance even
   * while threads wait here.
   */
  private static final int LONGEST_HOLD = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  private final QueueLock turn;
  private final UUID holder = UUID.randomUUID();
  private final SubmissionJournal journal;
  private final Caip2ChainId chain;
  private final EvmAddress signer;
  private final Duration term;
  private final Duration longestHold;
  private final Ticks ticks;
  private long token;
  private long takenAt;
  private long renewedAt;
  private @Nullable SignerLease held;
  private long holds;

  /**
   * @param term a process that does not renew for so long is taken for dead; if it was not, it is
   *     fenced
   */
  Turns(
      SubmissionJournal journal,
      Caip2ChainId chain,
      EvmAddress signer,
      Duration term,
      Ticks ticks) {
    this.journal = journal;
    this.chain = chain;
    this.signer = signer;
    this.term = term;
    this.longestHold = term.dividedBy(LONGEST_HOLD);
    this.ticks = ticks;
    this.turn = ticks.lock(true);
  }

  /** Does the work when the turn comes; empty when patience ends before. */
  <T> Optional<T> run(Patience waiting, Function<SignerLease, T> work) {
    if (!waiting.lock(turn)) {
      return Optional.empty();
    }
    try {
      Optional<SignerLease> lease = stillHeld().or(() -> awaitLease(waiting.anew()));
      if (lease.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(work.apply(lease.get()));
      } finally {
        giveBack(lease.get());
      }
    } finally {
      turn.unlock();
    }
  }

  /**
   * Which of this process's holds of the lease this turn is in; to be asked within a turn. While it
   * is the same number, no other process has given out a nonce.
   */
  long hold() {
    return holds;
  }

  /** Not asked about again for a moment: every step that needs it is checked by the journal. */
  private Optional<SignerLease> stillHeld() {
    return Optional.ofNullable(held)
        .filter(lease -> ticks.nanos() - renewedAt < longestHold.toNanos());
  }

  /** Renews the lease within a long turn; false when it has passed to another. */
  boolean keep(SignerLease lease) {
    return stillHeld().or(this::renew).filter(lease::equals).isPresent();
  }

  private Optional<SignerLease> awaitLease(Patience waiting) {
    Optional<SignerLease> lease;
    do {
      lease = renew();
    } while (lease.isEmpty() && waiting.pause());
    return lease;
  }

  private Optional<SignerLease> renew() {
    boolean first = held == null;
    renewedAt = ticks.nanos();
    // Whether it is held is not known until the journal has answered.
    held = null;
    holds++;
    Optional<SignerLease> lease = journal.lease(chain, signer, holder, term);
    if (lease.isPresent() && lease.get().token() != token) {
      token = lease.get().token();
      LOG.atInfo()
          .addKeyValue("chain", chain)
          .addKeyValue("signer", signer)
          .addKeyValue("token", token)
          .log("lease taken");
    }
    if (first) {
      takenAt = renewedAt;
    }
    held = lease.orElse(null);
    return lease;
  }

  private void giveBack(SignerLease lease) {
    if (held != null
        && turn.hasQueuedThreads()
        && ticks.nanos() - takenAt < longestHold.toNanos()) {
      return;
    }
    SignerLease last = held == null ? lease : held;
    held = null;
    try {
      journal.release(last);
    } catch (JournalUnavailableException e) {
      LOG.debug("the lease of {} was not given back; its term ends by itself", signer, e);
    }
  }
}
