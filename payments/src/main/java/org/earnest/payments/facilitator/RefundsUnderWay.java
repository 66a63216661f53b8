package org.earnest.payments.facilitator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;

/**
 * Which version of a refund is under way. The hub gives one refund of a channel for each nonce: a
 * second one would be mined in vain, though it was good while the first was under way.
 */
final class RefundsUnderWay {
  /** Refunds that are remembered; the one longest not asked for gives way. */
  static final int MOST = 100_000;

  private final ChannelSending sending;
  private final Map<Hash32, SubmissionRequest> refunds =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash32, SubmissionRequest> eldest) {
          return size() > MOST;
        }
      };

  RefundsUnderWay(ChannelSending sending) {
    this.sending = sending;
  }

  /**
   * Sends a version of a refund, unless another one is under way.
   *
   * @param name the refund's, whatever its version
   * @param way this version
   * @param send what it throws is thrown on, and leaves nothing under way
   * @return empty where another one is
   */
  Optional<SubmissionOutcome> send(
      Hash32 name, SubmissionRequest way, Supplier<SubmissionOutcome> send) {
    if (!take(name, way)) {
      return Optional.empty();
    }
    try {
      return Optional.of(told(name, way, send.get()));
    } catch (RuntimeException notSent) {
      giveBack(name, way);
      throw notSent;
    }
  }

  /** What became of a version, where it was sent before. */
  Optional<SubmissionOutcome> find(Hash32 name, SubmissionRequest way, Duration patience) {
    return sending.find(way, patience).map(outcome -> told(name, way, outcome));
  }

  /** To ask about one that was not sent sends it: only who asks for it may bring that about. */
  private SubmissionOutcome told(Hash32 name, SubmissionRequest way, SubmissionOutcome outcome) {
    if (outcome instanceof SubmissionOutcome.Rejected rejected
        && rejected.transaction().isEmpty()) {
      giveBack(name, way);
    }
    return outcome;
  }

  private boolean take(Hash32 name, SubmissionRequest way) {
    SubmissionRequest holder = holder(name, way);
    return holder.equals(way) || (isOver(holder) && replace(name, holder, way));
  }

  private synchronized SubmissionRequest holder(Hash32 name, SubmissionRequest way) {
    SubmissionRequest holder = refunds.putIfAbsent(name, way);
    return holder == null ? way : holder;
  }

  private synchronized boolean replace(
      Hash32 name, SubmissionRequest holder, SubmissionRequest way) {
    return refunds.replace(name, holder, way);
  }

  private synchronized void giveBack(Hash32 name, SubmissionRequest way) {
    refunds.remove(name, way);
  }

  /** One that nobody knows yet is about to be sent. */
  private boolean isOver(SubmissionRequest way) {
    return sending
        .find(way, Duration.ZERO)
        .filter(
            outcome ->
                outcome instanceof SubmissionOutcome.Settled
                    || outcome instanceof SubmissionOutcome.Rejected)
        .isPresent();
  }
}
