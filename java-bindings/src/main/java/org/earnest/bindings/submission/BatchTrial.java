package org.earnest.bindings.submission;

import java.util.BitSet;
import java.util.Optional;
import org.earnest.bindings.call.CallBatchCalls;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a batch rehearsed as a whole: what succeeds alone may fail after the others. */
final class BatchTrial {
  private static final Logger LOG = LoggerFactory.getLogger(BatchTrial.class);

  private final ChainReader chain;

  BatchTrial(ChainReader chain) {
    this.chain = chain;
  }

  /**
   * Which calls would succeed, by their places; none where the batch would revert as a whole.
   *
   * @param execute of a {@code CallBatch}
   * @throws ChainUnavailableException when no {@code CallBatch} answers
   */
  BitSet succeeding(EvmAddress sender, ChainCall execute) {
    ChainCall asked = new ChainCall(Optional.of(sender), execute.to(), execute.data());
    return switch (chain.call(asked, BlockTag.Named.LATEST)) {
      case CallOutcome.Returned returned ->
          CallBatchCalls.succeeded(returned.data())
              .orElseThrow(
                  () -> new ChainUnavailableException("no CallBatch answers at " + execute.to()));
      case CallOutcome.Reverted reverted -> {
        LOG.warn("a batch is not sent: {}", RevertDecoder.decode(reverted.data()));
        yield new BitSet();
      }
    };
  }
}
