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
 * request goes to the account with the least before it, and on to the next where that one's policy
 * or balance refuses it; what an account was given stays with it.
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
    return owner(id)
        .map(member -> member.submit(request, patience))
        .orElseGet(() -> submitByAny(id, request, patience));
  }

  @Override
  public Optional<SubmissionOutcome> find(SubmissionRequest request, Duration patience) {
    return journal
        .find(SubmissionId.of(chain, request.key()))
        .map(known -> submit(request, patience));
  }

  private SubmissionOutcome submitByAny(
      SubmissionId id, SubmissionRequest request, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    List<JournaledTransactionSubmitter> candidates = byBacklog(id);
    SubmissionOutcome outcome = candidates.getFirst().submit(request, patience);
    for (JournaledTransactionSubmitter next : candidates.subList(1, candidates.size())) {
      if (!mayFareBetter(outcome)) {
        break;
      }
      outcome = next.submit(request, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
    return outcome;
  }

  /** Whether it was refused for what the one account holds or may sign. */
  private static boolean mayFareBetter(SubmissionOutcome outcome) {
    return outcome instanceof SubmissionOutcome.Rejected rejected
        && (rejected.code().equals("insufficient_funds") || rejected.code().startsWith("policy_"));
  }

  @Override
  public List<EvmAddress> senders() {
    return members.stream().map(JournaledTransactionSubmitter::sender).toList();
  }

  private Optional<JournaledTransactionSubmitter> owner(SubmissionId id) {
    return journal
        .find(id)
        .flatMap(known -> Carriers.of(journal, known))
        .flatMap(known -> known.state().planned())
        .map(TransactionPlan::signer)
        .flatMap(
            signer ->
                members.stream().filter(member -> member.sender().equals(signer)).findFirst());
  }

  /**
   * After the one that is seen to have an equal request under way. As it is now: it changes while
   * it is sorted by.
   */
  private List<JournaledTransactionSubmitter> byBacklog(SubmissionId id) {
    record Member(JournaledTransactionSubmitter submitter, boolean isAtIt, int backlog) {}
    return members.stream()
        .map(member -> new Member(member, member.isAt(id), member.backlog()))
        .sorted(Comparator.comparing(Member::isAtIt).reversed().thenComparingInt(Member::backlog))
        .map(Member::submitter)
        .toList();
  }
}
