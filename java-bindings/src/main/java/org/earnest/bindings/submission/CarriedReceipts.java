package org.earnest.bindings.submission;

import java.util.Optional;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.CarriedCalls;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionOutcome;

/** {@link CarriedCalls} by the events of a {@code CallBatch}. */
public final class CarriedReceipts implements CarriedCalls {
  private final ChainReader chain;

  public CarriedReceipts(ChainReader chain) {
    this.chain = chain;
  }

  @Override
  public SubmissionOutcome of(Submission carrier, int index) {
    Optional<Hash32> transaction = carrier.state().signed().map(SignedTransaction::hash);
    return carrier
        .state()
        .inclusion()
        .filter(inclusion -> inclusion == Inclusion.INCLUDED || inclusion == Inclusion.FINAL)
        .flatMap(inclusion -> settled(transaction.orElseThrow(), inclusion))
        .map(settled -> CarriedOutcomes.of(settled, carrier.request().to(), index))
        .orElseGet(() -> new SubmissionOutcome.Unknown(transaction));
  }

  private Optional<SubmissionOutcome.Settled> settled(Hash32 transaction, Inclusion inclusion) {
    return chain
        .receipt(transaction)
        .filter(TransactionReceipt::succeeded)
        .map(receipt -> new SubmissionOutcome.Settled(receipt, inclusion));
  }
}
