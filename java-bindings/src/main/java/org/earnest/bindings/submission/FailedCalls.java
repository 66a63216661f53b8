package org.earnest.bindings.submission;

import org.earnest.bindings.call.CallBatchCalls;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of calls that had no effect in a batch that was mined: the batch's own state does not. */
final class FailedCalls {
  private static final Logger LOG = LoggerFactory.getLogger(FailedCalls.class);

  private final SubmissionListener listener;

  FailedCalls(SubmissionListener listener) {
    this.listener = listener;
  }

  void tell(Submission carrier, SignedTransaction transaction, TransactionReceipt receipt) {
    if (!CallBatchCalls.isExecute(carrier.request().data())) {
      return;
    }
    for (CarriedOutcomes.Failure failure :
        CarriedOutcomes.failures(receipt, carrier.request().to())) {
      LOG.atWarn()
          .addKeyValue("carrier", carrier.id())
          .addKeyValue("index", failure.index())
          .addKeyValue("code", failure.code())
          .addKeyValue("reason", failure.reason())
          .addKeyValue("gasUsed", failure.gasUsed())
          .addKeyValue("transaction", transaction.hash())
          .log("a call of a batch had no effect");
      listener.callFailed(transaction.signer(), failure.gasUsed());
    }
  }
}
