package org.earnest.core.submission;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;

/**
 * Sends transactions so that none is lost and none is sent twice: what is sent was stored first,
 * and equal requests share one transaction, whoever asks and whenever.
 */
public interface TransactionSubmitter {
  /** The account that pays for the gas; the first of {@link #senders}. */
  EvmAddress sender();

  /** All accounts that may pay, one or more: a request is sent by one of them. */
  default List<EvmAddress> senders() {
    return List.of(sender());
  }

  /**
   * Sends the transaction unless it was sent before, and waits for it.
   *
   * @param patience how long to wait, for its turn and for the mined transaction; its end is no
   *     failure. An interrupt ends it at once.
   * @throws org.earnest.core.chain.ChainUnavailableException when the chain could not be asked
   *     before anything was signed; the same request may be made again
   * @throws JournalUnavailableException when the journal could not be asked before anything was
   *     signed by this call; the same request may be made again. Once something is signed, a
   *     journal that does not answer gives {@link SubmissionOutcome.Unknown} with the hash.
   */
  SubmissionOutcome submit(SubmissionRequest request, Duration patience);

  /**
   * The same for what was asked for before: it is seen through. What was not is neither remembered
   * nor sent, so that whoever asks costs nothing.
   *
   * @return empty where nobody asked for it yet
   */
  Optional<SubmissionOutcome> find(SubmissionRequest request, Duration patience);
}
