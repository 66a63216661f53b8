package org.earnest.core.submission;

import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;

/**
 * A request on its way to the chain.
 *
 * @param sender the account that claimed it and pays its gas
 */
public record Submission(
    Caip2ChainId chain, EvmAddress sender, SubmissionRequest request, SubmissionState state) {
  public SubmissionId id() {
    return SubmissionId.of(chain, request.key());
  }

  /** The same submission, which may be given up if this request for the same allows it. */
  public Submission allowing(SubmissionRequest same) {
    return same.cancellable() ? new Submission(chain, sender, request.orCancelled(), state) : this;
  }

  /** The same submission in another state. */
  public Submission in(SubmissionState next) {
    return new Submission(chain, sender, request, next);
  }
}
