package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionPlan;
import org.earnest.core.submission.TransactionSubmitter;

/**
 * Several accounts of one chain as one submitter, for requests that any of them may send. Each new
 * request goes to the account with the least before it; what an account was given stays with it.
 */
public final class SubmitterPool implements TransactionSubmitter {
  private final Caip2ChainId chain;
  private final SubmissionJournal journal;
  private final List<JournaledTransactionSubmitter> members;

  /**
   * A pool of these.
   *
   * @param members one or more, all with this chain and journal
   */
  public SubmitterPool(
      Caip2ChainId chain, SubmissionJournal journal, List<JournaledTransactionSubmitter> members) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("a pool has members");
    }
    this.chain = chain;
    this.journal = journal;
    this.members = List.copyOf(members);
  }

  /** One of the accounts, always the same; any of them may pay. */
  @Override
  public EvmAddress sender() {
    return members.getFirst().sender();
  }

  @Override
  public SubmissionOutcome submit(SubmissionRequest request, Duration patience) {
    SubmissionId id = SubmissionId.of(chain, request.key());
    return owner(id).orElseGet(this::idlest).submit(request, patience);
  }

  private Optional<JournaledTransactionSubmitter> owner(SubmissionId id) {
    return journal
        .find(id)
        .flatMap(known -> known.state().planned())
        .map(TransactionPlan::signer)
        .flatMap(
            signer ->
                members.stream().filter(member -> member.sender().equals(signer)).findFirst());
  }

  private JournaledTransactionSubmitter idlest() {
    return members.stream()
        .min(Comparator.comparingInt(JournaledTransactionSubmitter::backlog))
        .orElseThrow();
  }
}
