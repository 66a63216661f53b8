package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.earnest.bindings.signer.SigningPolicy;
import org.earnest.bindings.signer.SigningPolicy.Refusal;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionPlan;

/**
 * Asks the account's policy, if it has one. The budget is counted by the journal, so that a restart
 * does not fill it again; call within the account's turn, or two may take the same rest of it.
 */
final class PolicyGuard {
  private static final Duration DAY = Duration.ofDays(1);

  private final Optional<SigningPolicy> policy;
  private final SubmissionJournal journal;
  private final Caip2ChainId chain;
  private final EvmAddress signer;

  PolicyGuard(
      Optional<SigningPolicy> policy,
      SubmissionJournal journal,
      Caip2ChainId chain,
      EvmAddress signer) {
    this.policy = policy;
    this.journal = journal;
    this.chain = chain;
    this.signer = signer;
  }

  /** Before anything of it is given a nonce, or an attempt with higher fees. */
  Optional<Refusal> refusal(Submission submission, TransactionPlan plan) {
    return forbids(submission.request(), plan)
        .or(() -> policy.flatMap(rules -> budgetRefusal(rules, submission, plan)));
  }

  /** Once it has its nonce, and is in the budget already. */
  Optional<Refusal> forbids(SubmissionRequest request, TransactionPlan plan) {
    return policy.flatMap(rules -> rules.refusal(signer, request, fee(plan)));
  }

  /** Of what only spends the nonce. */
  Optional<Refusal> forbidsToCancel(TransactionPlan plan) {
    return policy.flatMap(rules -> rules.feeRefusal(fee(plan)));
  }

  private Optional<Refusal> budgetRefusal(
      SigningPolicy rules, Submission submission, TransactionPlan plan) {
    if (SigningPolicy.isIdle(signer, submission.request())) {
      return Optional.empty();
    }
    BigInteger cost = fee(plan).add(submission.request().value());
    return rules.budgetRefusal(journal.committed(chain, signer, DAY, submission.id()), cost);
  }

  private static BigInteger fee(TransactionPlan plan) {
    return plan.gasLimit().multiply(plan.maxFeePerGas());
  }
}
