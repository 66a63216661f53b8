package org.earnest.core.submission;

import java.time.Duration;
import org.earnest.core.chain.EvmAddress;

/**
 * Sends transactions so that none is lost and none is sent twice: what is sent was stored first,
 * and equal requests share one transaction, whoever asks and whenever.
 */
public interface TransactionSubmitter {
  /** The account that pays for the gas. */
  EvmAddress sender();

  /**
   * Sends the transaction unless it was sent before, and waits for it.
   *
   * @param patience how long to wait for the mined transaction; its end is no failure
   * @throws org.earnest.core.chain.ChainUnavailableException when the chain could not be asked
   *     before anything was signed; the same request may be made again
   * @throws JournalUnavailableException when the journal could not be asked; the same request may
   *     be made again
   */
  SubmissionOutcome submit(SubmissionRequest request, Duration patience);
}
