package org.earnest.bindings.submission;

import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.core.chain.ChainUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The questions of one round that the chain did not answer, as when its nodes contradict each
 * other. One such row must not keep the others from being sent; many are no round at all, and
 * nothing more is asked then.
 */
final class Doubts {
  private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);

  /** Each may have cost a whole time-out. */
  static final int MAX_UNTOLD = 3;

  private Optional<ChainUnavailableException> last = Optional.empty();
  private int untold;

  /** The answer, or what holds while there is none. */
  <T> T ask(Supplier<T> question, T otherwise) {
    if (untold >= MAX_UNTOLD) {
      return otherwise;
    }
    try {
      return question.get();
    } catch (ChainUnavailableException e) {
      untold++;
      last = Optional.of(e);
      LOG.warn("left for the next round: {}", e.getMessage());
      return otherwise;
    }
  }

  /** The round has done what it could; whoever needs all of it has to ask again. */
  void raise() {
    last.ifPresent(
        doubt -> {
          throw doubt;
        });
  }
}
