package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.earnest.bindings.call.CallBatchCalls;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionJournal.Claim;
import org.earnest.core.submission.SubmissionJournal.Transition;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState.Claimed;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.earnest.core.submission.TransactionSubmitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends several requests in one transaction, by a {@code CallBatch} contract. Each keeps its own
 * key and has an outcome of its own: asked for alone or in another batch, by whomever and whenever,
 * it is done once. Only for what anybody may send, as the contract is the caller of each.
 */
public final class BatchSubmitter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchSubmitter.class);

  /** Items that others take along meanwhile; after so many tries each goes its own way. */
  private static final int MAX_TRIES = 3;

  private static final String KEY_PREFIX = "batch:";

  private final ChainReader chain;
  private final SubmissionJournal journal;
  private final JournalSteps steps;
  private final TransactionSubmitter submitter;
  private final EvmAddress batch;
  private final LateBatches lateBatches;
  private final BatchRehearsal rehearsal;
  private final BatchSelection selection;
  private final Ticks ticks = Ticks.SYSTEM;

  /**
   * A batcher.
   *
   * @param submitter sends the transactions, by this journal and on this chain
   * @param batch the contract
   * @param settings the submitter's; if its key has a policy, that must allow {@code execute} of
   *     the batch, and it is asked about each item as well
   */
  public BatchSubmitter(
      JsonRpc rpc,
      ChainReader chain,
      SubmissionJournal journal,
      TransactionSubmitter submitter,
      EvmAddress batch,
      SubmissionSettings settings) {
    this.chain = chain;
    this.journal = journal;
    this.steps = new JournalSteps(journal);
    this.submitter = submitter;
    this.batch = batch;
    EvmAddress sender = submitter.sender();
    Node node = new Node(rpc);
    this.lateBatches = new LateBatches(chain, steps, sender);
    this.rehearsal = new BatchRehearsal(node, sender, batch, settings);
    BatchRoom room = new BatchRoom(new Preparation(node, chain, settings), settings);
    this.selection = new BatchSelection(new BatchTrial(chain), batch, room);
  }

  /**
   * Sends what was not sent before, in one transaction, and waits for all of it. What would revert
   * is refused and left out. What cannot go with the others, be it for room, because it fails after
   * them or because the node does not tell, is sent alone, and so is a single one.
   *
   * <p>{@code Settled} has the transaction's receipt with this item's logs alone. When the whole
   * transaction was refused, or it is final that it had no effect, each item is sent alone. An item
   * that fails within a transaction that was mined stays {@code reverted} or {@code out_of_gas}
   * under its key.
   *
   * @param requests 1 to {@link CallBatchCalls#MAX_ITEMS}, without value
   * @return the outcomes, in the order of the requests
   * @throws IllegalArgumentException when there are none, too many, or one has a value
   * @throws ChainUnavailableException as {@link TransactionSubmitter#submit}, where it is so for
   *     all of them; otherwise those are {@code Unknown}
   * @throws JournalUnavailableException likewise, or when none of them can be asked for
   */
  public List<SubmissionOutcome> submit(List<SubmissionRequest> requests, Duration patience) {
    requireBatchable(requests);
    long end = ticks.nanos() + patience.toNanos();
    Map<SubmissionId, Told> known = new HashMap<>();
    boolean done = false;
    for (int tries = 0; !done && tries < MAX_TRIES; tries++) {
      known.clear();
      List<BatchItem> ready = rehearsed(unsent(requests), known);
      List<BatchItem> together = together(ready);
      done = together.size() < 2 || send(together, end, known);
    }
    return outcomes(requests, end, known);
  }

  private List<BatchItem> together(List<BatchItem> ready) {
    try {
      return selection.together(submitter.sender(), ready);
    } catch (ChainUnavailableException e) {
      LOG.warn("{} calls are sent one by one: {}", ready.size(), e.getMessage());
      return List.of();
    }
  }

  /** What is known of a key, and for which request. */
  private record Told(SubmissionRequest request, SubmissionOutcome outcome) {}

  private static void requireBatchable(List<SubmissionRequest> requests) {
    if (requests.isEmpty() || requests.size() > CallBatchCalls.MAX_ITEMS) {
      throw new IllegalArgumentException(
          "a batch has 1 to " + CallBatchCalls.MAX_ITEMS + " requests");
    }
    if (requests.stream().anyMatch(request -> request.value().signum() != 0)) {
      throw new IllegalArgumentException("a batch sends no value");
    }
  }

  /** What nothing is signed for yet, each once. Whose key is another's is told so later. */
  private List<Submission> unsent(List<SubmissionRequest> requests) {
    Map<SubmissionId, Submission> unsent = new LinkedHashMap<>();
    for (SubmissionRequest request : requests) {
      switch (journal.claim(chain.chainId(), submitter.sender(), request)) {
        case Claim.Taken taken -> unsent.put(taken.submission().id(), taken.submission());
        case Claim.Shared shared -> unsent.put(shared.submission().id(), shared.submission());
        case Claim.Reused reused -> {}
      }
    }
    return unsent.values().stream().filter(each -> each.state().mayBeCarried()).toList();
  }

  private List<BatchItem> rehearsed(List<Submission> unsent, Map<SubmissionId, Told> known) {
    List<BatchRehearsal.Result> results =
        AtOnce.each(unsent, submission -> rehearsal.rehearse(submission.request()));
    List<BatchItem> ready = new ArrayList<>();
    for (int i = 0; i < unsent.size(); i++) {
      Submission submission = unsent.get(i);
      switch (results.get(i)) {
        case BatchRehearsal.Result.Ready well -> ready.add(item(submission, well.gas()));
        case BatchRehearsal.Result.Refused refused -> reject(submission, refused.state(), known);
        case BatchRehearsal.Result.Untold untold -> {}
      }
    }
    return ready;
  }

  private static BatchItem item(Submission submission, BigInteger gas) {
    SubmissionRequest request = submission.request();
    ChainCall call = new ChainCall(request.to(), request.data());
    return new BatchItem(submission, new CallBatchCalls.Item(call, gas));
  }

  private void reject(Submission submission, Rejected now, Map<SubmissionId, Told> known) {
    if (steps.reject(submission, now).state() instanceof Rejected told) {
      SubmissionOutcome outcome = new SubmissionOutcome.Rejected(told.code(), told.reason());
      known.put(submission.id(), new Told(submission.request(), outcome));
    }
  }

  /** Returns false when one of them has gone another way meanwhile; then nothing was done. */
  private boolean send(List<BatchItem> ready, long end, Map<SubmissionId, Told> known) {
    List<Submission> items = ready.stream().map(BatchItem::submission).toList();
    Submission carrier =
        new Submission(chain.chainId(), submitter.sender(), carrier(ready), new Claimed());
    if (steps.carry(carrier, items) != Transition.APPLIED) {
      return false;
    }
    SubmissionOutcome whole = submitter.submit(carrier.request(), left(end));
    if (lateBatches.givenUp(carrier.id(), whole)) {
      LOG.warn("a batch came to nothing, and its items go on alone: {}", whole);
      return true;
    }
    for (int index = 0; index < items.size(); index++) {
      Submission item = items.get(index);
      SubmissionOutcome own = CarriedOutcomes.of(whole, batch, index);
      known.put(item.id(), new Told(item.request(), own));
    }
    return true;
  }

  private SubmissionRequest carrier(List<BatchItem> ready) {
    ChainCall call =
        new CallBatchCalls(batch).execute(ready.stream().map(BatchItem::call).toList());
    SubmissionRequest request =
        new SubmissionRequest(KEY_PREFIX + UUID.randomUUID(), call.to(), call.data());
    return ready.stream().allMatch(each -> each.submission().request().cancellable())
        ? request.orCancelled()
        : request;
  }

  /** Whoever has an outcome is told it, whatever keeps the others waiting. */
  private List<SubmissionOutcome> outcomes(
      List<SubmissionRequest> requests, long end, Map<SubmissionId, Told> known) {
    Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    List<SubmissionOutcome> outcomes =
        AtOnce.each(requests, request -> outcome(request, end, known, failures));
    if (failures.size() == requests.size()) {
      throw failures.remove();
    }
    return outcomes;
  }

  private SubmissionOutcome outcome(
      SubmissionRequest request,
      long end,
      Map<SubmissionId, Told> known,
      Queue<RuntimeException> failures) {
    Told told = known.get(SubmissionId.of(chain.chainId(), request.key()));
    if (told != null && told.request().asksForTheSame(request)) {
      return told.outcome();
    }
    try {
      return submitter.submit(request, left(end));
    } catch (ChainUnavailableException | JournalUnavailableException e) {
      LOG.warn("{} waits: {}", request.key(), e.getMessage());
      failures.add(e);
      return new SubmissionOutcome.Unknown(Optional.empty());
    }
  }

  private Duration left(long end) {
    return Duration.ofNanos(Math.max(0, end - ticks.nanos()));
  }
}
