package org.earnest.kit.follow;

import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.LogRangeRefusedException;

/**
 * No node gives the logs of one block. A limit that stays and a node that is slow for a while use
 * the same words, so it is asked again for ever.
 */
final class LogsRefusedException extends ChainUnavailableException {
  private static final long serialVersionUID = 1L;

  LogsRefusedException(long block, LogRangeRefusedException refusal) {
    super("no node gives the logs of block " + block + ": " + refusal.getMessage(), refusal);
  }
}
