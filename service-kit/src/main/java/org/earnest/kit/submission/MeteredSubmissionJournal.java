package org.earnest.kit.submission;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.ForwardingSubmissionJournal;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;

/**
 * A journal whose work can be watched: {@code submissions.steps} by from and to (a replacement is
 * one from {@code broadcast} to {@code signed}), {@code submissions.state} with the time spent in
 * each state as far as this process saw it, {@code submissions.open} by signer as of the last look,
 * and {@code submissions.lease.changes} by signer.
 */
public final class MeteredSubmissionJournal extends ForwardingSubmissionJournal {
  private final MeterRegistry metrics;
  private final TimeInState times;
  private final Map<EvmAddress, AtomicInteger> open = new ConcurrentHashMap<>();
  private final Map<EvmAddress, AtomicLong> tokens = new ConcurrentHashMap<>();

  public MeteredSubmissionJournal(SubmissionJournal journal, MeterRegistry metrics) {
    super(journal);
    this.metrics = metrics;
    this.times = new TimeInState(metrics);
  }

  @Override
  public Claim claim(Caip2ChainId chain, EvmAddress sender, SubmissionRequest request) {
    Claim claim = super.claim(chain, sender, request);
    if (claim instanceof Claim.Taken taken) {
      times.enter(taken.submission().id(), StateName.CLAIMED);
    }
    return claim;
  }

  @Override
  public Transition advance(SubmissionId id, SubmissionState from, SubmissionState to) {
    return counted(id, from, to, super.advance(id, from, to));
  }

  @Override
  public Transition advance(
      SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
    return counted(id, from, to, super.advance(lease, id, from, to));
  }

  @Override
  public Transition carry(
      Caip2ChainId chain, EvmAddress sender, SubmissionRequest carrier, List<Submission> items) {
    Transition transition = super.carry(chain, sender, carrier, items);
    SubmissionId id = SubmissionId.of(chain, carrier.key());
    if (transition == Transition.APPLIED) {
      times.enter(id, StateName.CLAIMED);
    }
    for (int index = 0; index < items.size(); index++) {
      Submission item = items.get(index);
      counted(item.id(), item.state(), new SubmissionState.Carried(id, index), transition);
    }
    return transition;
  }

  @Override
  public Optional<List<Step>> dissolve(SubmissionId carrier) {
    Optional<List<Step>> steps = super.dissolve(carrier);
    for (Step step : steps.orElse(List.of())) {
      Submission before = step.before();
      counted(before.id(), before.state(), step.to(), Transition.APPLIED);
    }
    return steps;
  }

  private Transition counted(
      SubmissionId id, SubmissionState from, SubmissionState to, Transition transition) {
    if (transition == Transition.APPLIED) {
      String left = StateName.of(from).text();
      metrics.counter("submissions.steps", "from", left, "to", StateName.of(to).text()).increment();
      times.enter(id, StateName.of(to));
    }
    return transition;
  }

  @Override
  public Optional<SignerLease> lease(
      Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
    Optional<SignerLease> lease = super.lease(chain, signer, holder, term);
    lease.ifPresent(
        taken -> {
          AtomicLong last = tokens.computeIfAbsent(signer, unseen -> new AtomicLong());
          if (last.getAndSet(taken.token()) != taken.token()) {
            metrics.counter("submissions.lease.changes", "signer", signer.hex()).increment();
          }
        });
    return lease;
  }

  @Override
  public List<Submission> open(Caip2ChainId chain, EvmAddress account) {
    List<Submission> rows = super.open(chain, account);
    open.computeIfAbsent(account, this::gauge).set(rows.size());
    return rows;
  }

  private AtomicInteger gauge(EvmAddress account) {
    AtomicInteger size = new AtomicInteger();
    metrics.gauge("submissions.open", List.of(Tag.of("signer", account.hex())), size);
    return size;
  }
}
