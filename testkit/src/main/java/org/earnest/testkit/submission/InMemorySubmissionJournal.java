package org.earnest.testkit.submission;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Carried;
import org.earnest.core.submission.SubmissionState.Claimed;
import org.earnest.core.submission.SubmissionState.Dissolved;
import org.earnest.core.submission.SubmissionState.Final;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.earnest.core.submission.SubmissionState.Signed;
import org.earnest.core.submission.TransactionPlan;

/** A journal that lives as long as its object: a restart is a new engine on the same journal. */
public final class InMemorySubmissionJournal implements SubmissionJournal {
  private final Map<SubmissionId, Submission> rows = new LinkedHashMap<>();
  private final Map<SubmissionId, List<SignedTransaction>> attempts = new HashMap<>();
  private final Map<Account, Held> leases = new HashMap<>();
  private final List<Commitment> commitments = new ArrayList<>();
  private final InstantSource clock;
  private final Predicate<SubmissionState> awaited;
  private Kept kept = kept();

  public InMemorySubmissionJournal() {
    this(InstantSource.system());
  }

  /** With a clock of the caller's for the leases' terms. */
  public InMemorySubmissionJournal(InstantSource clock) {
    this(clock, SubmissionState::isAwaited);
  }

  /** With another belief in what must survive a {@link #crash}. */
  public InMemorySubmissionJournal(InstantSource clock, Predicate<SubmissionState> awaited) {
    this.clock = clock;
    this.awaited = awaited;
  }

  /** What a crash leaves. */
  private record Kept(
      Map<SubmissionId, Submission> rows,
      Map<SubmissionId, List<SignedTransaction>> attempts,
      Map<Account, Held> leases,
      List<Commitment> commitments) {}

  private Kept kept() {
    return new Kept(
        new LinkedHashMap<>(rows),
        new HashMap<>(attempts),
        new HashMap<>(leases),
        List.copyOf(commitments));
  }

  /** Loses what was done since the last step that is awaited; whoever uses it goes on. */
  public synchronized void crash() {
    Kept left = kept;
    rows.clear();
    rows.putAll(left.rows());
    attempts.clear();
    attempts.putAll(left.attempts());
    leases.clear();
    leases.putAll(left.leases());
    commitments.clear();
    commitments.addAll(left.commitments());
  }

  private record Account(Caip2ChainId chain, EvmAddress signer) {}

  private record Commitment(
      SubmissionId id, Caip2ChainId chain, EvmAddress signer, Instant at, BigInteger cost) {}

  private record Held(UUID holder, long token, Instant end) {}

  @Override
  public synchronized Claim claim(
      Caip2ChainId chain, EvmAddress sender, SubmissionRequest request) {
    Submission fresh = new Submission(chain, sender, request, new Claimed());
    Submission held = rows.get(fresh.id());
    if (held == null) {
      rows.put(fresh.id(), fresh);
      kept = kept();
      return new Claim.Taken(fresh);
    }
    if (!held.request().asksForTheSame(request)) {
      return new Claim.Reused(held.id());
    }
    Submission shared = held.allowing(request);
    rows.put(shared.id(), shared);
    kept = kept();
    return new Claim.Shared(shared);
  }

  @Override
  public synchronized Transition advance(
      SubmissionId id, SubmissionState from, SubmissionState to) {
    from.requireStep(to);
    return replace(id, from, to);
  }

  @Override
  public synchronized Transition advance(
      SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
    from.requireStep(to, lease);
    if (!isHeld(lease)) {
      return Transition.LEASE_LOST;
    }
    boolean numbered = from.planned().isEmpty();
    if (numbered && to.planned().stream().anyMatch(plan -> taken(lease.chain(), plan))) {
      return Transition.NONCE_TAKEN;
    }
    return replace(id, from, to);
  }

  private Transition replace(SubmissionId id, SubmissionState from, SubmissionState to) {
    Submission held = rows.get(id);
    if (held == null || !held.state().equals(from)) {
      return Transition.STALE;
    }
    rows.put(id, held.in(to));
    if (to.needsLease()) {
      commit(held.in(to));
    }
    if (to instanceof Signed signed) {
      attempts.merge(id, List.of(signed.transaction()), InMemorySubmissionJournal::lastFirst);
    }
    if (awaited.test(to)) {
      kept = kept();
    }
    return Transition.APPLIED;
  }

  private static List<SignedTransaction> lastFirst(
      List<SignedTransaction> before, List<SignedTransaction> now) {
    return Stream.concat(now.stream(), before.stream()).toList();
  }

  @Override
  public synchronized Transition carry(
      Caip2ChainId chain, EvmAddress sender, SubmissionRequest carrier, List<Submission> items) {
    items.forEach(item -> item.state().requireCarriable());
    Submission fresh = new Submission(chain, sender, carrier, new Claimed());
    if (rows.containsKey(fresh.id()) || !items.stream().allMatch(this::isAsSeen)) {
      return Transition.STALE;
    }
    rows.put(fresh.id(), fresh);
    for (int index = 0; index < items.size(); index++) {
      SubmissionState carried = new Carried(fresh.id(), index);
      rows.computeIfPresent(items.get(index).id(), (id, held) -> held.in(carried));
    }
    kept = kept();
    return Transition.APPLIED;
  }

  private boolean isAsSeen(Submission item) {
    Submission held = rows.get(item.id());
    return held != null && held.state().equals(item.state());
  }

  @Override
  public synchronized Optional<List<Step>> dissolve(SubmissionId carrier) {
    Submission held = rows.get(carrier);
    if (held == null || !held.state().cameToNothing()) {
      return Optional.empty();
    }
    List<Step> steps = new ArrayList<>();
    if (held.state() instanceof Rejected) {
      steps.add(new Step(held, new Dissolved()));
    }
    rows.values().stream()
        .filter(row -> row.state() instanceof Carried by && by.carrier().equals(carrier))
        .map(row -> new Step(row, new Claimed()))
        .forEach(steps::add);
    steps.forEach(step -> rows.put(step.before().id(), step.before().in(step.to())));
    return Optional.of(steps);
  }

  @Override
  public synchronized Optional<SignerLease> lease(
      Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
    Account account = new Account(chain, signer);
    Held held = leases.get(account);
    boolean own = held != null && held.holder().equals(holder);
    if (held != null && !own && clock.instant().isBefore(held.end())) {
      return Optional.empty();
    }
    long token = (held == null ? 0 : held.token()) + (own ? 0 : 1);
    leases.put(account, new Held(holder, token, clock.instant().plus(term)));
    kept = kept();
    return Optional.of(new SignerLease(chain, signer, token));
  }

  @Override
  public synchronized void release(SignerLease lease) {
    leases.computeIfPresent(
        new Account(lease.chain(), lease.signer()),
        (account, held) ->
            held.token() == lease.token()
                ? new Held(held.holder(), held.token(), Instant.MIN)
                : held);
  }

  private boolean isHeld(SignerLease lease) {
    Held held = leases.get(new Account(lease.chain(), lease.signer()));
    return held != null && held.token() == lease.token();
  }

  private void commit(Submission row) {
    TransactionPlan plan = row.state().planned().orElseThrow();
    boolean cancels = row.state().signed().filter(SignedTransaction::cancels).isPresent();
    BigInteger fee = plan.gasLimit().multiply(plan.maxFeePerGas());
    BigInteger cost = cancels ? fee : fee.add(row.request().value());
    commitments.add(new Commitment(row.id(), row.chain(), plan.signer(), clock.instant(), cost));
  }

  @Override
  public synchronized BigInteger committed(
      Caip2ChainId chain, EvmAddress signer, Duration window, SubmissionId except) {
    Map<SubmissionId, BigInteger> dearest = new HashMap<>();
    Instant start = clock.instant().minus(window);
    commitments.stream()
        .filter(each -> each.chain().equals(chain) && each.signer().equals(signer))
        .filter(each -> each.at().isAfter(start) || isOpen(each.id()))
        .filter(each -> !each.id().equals(except))
        .forEach(each -> dearest.merge(each.id(), each.cost(), BigInteger::max));
    return dearest.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
  }

  private boolean isOpen(SubmissionId id) {
    return find(id).filter(row -> row.state().open()).isPresent();
  }

  private boolean taken(Caip2ChainId chain, TransactionPlan wanted) {
    return numbered(chain, wanted.signer()).anyMatch(row -> nonce(row) == wanted.nonce());
  }

  @Override
  public synchronized Optional<Submission> find(SubmissionId id) {
    return Optional.ofNullable(rows.get(id));
  }

  @Override
  public synchronized List<SignedTransaction> attempts(SubmissionId id) {
    return attempts.getOrDefault(id, List.of());
  }

  @Override
  public synchronized List<Submission> open(Caip2ChainId chain, EvmAddress account) {
    return rows.values().stream()
        .filter(row -> row.chain().equals(chain) && responsible(row).equals(account))
        .filter(row -> row.state().open())
        .sorted(Comparator.comparingLong(InMemorySubmissionJournal::nonce))
        .toList();
  }

  @Override
  public synchronized List<Submission> included(Caip2ChainId chain, EvmAddress signer) {
    return numbered(chain, signer)
        .filter(row -> row.state().finalised().isPresent())
        .sorted(
            Comparator.comparingLong(InMemorySubmissionJournal::block)
                .thenComparingLong(InMemorySubmissionJournal::nonce))
        .toList();
  }

  private static long block(Submission row) {
    return row.state().finalised().orElseThrow().block().number();
  }

  @Override
  public synchronized List<Submission> finals(
      Caip2ChainId chain, EvmAddress signer, long below, int limit) {
    return numbered(chain, signer)
        .filter(row -> row.state() instanceof Final && nonce(row) < below)
        .sorted(Comparator.comparingLong(InMemorySubmissionJournal::nonce).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Submission> fromNonce(
      Caip2ChainId chain, EvmAddress signer, long nonce) {
    return numbered(chain, signer)
        .filter(row -> nonce(row) >= nonce)
        .sorted(Comparator.comparingLong(InMemorySubmissionJournal::nonce))
        .toList();
  }

  @Override
  public synchronized OptionalLong highestNonce(Caip2ChainId chain, EvmAddress signer) {
    return numbered(chain, signer).mapToLong(InMemorySubmissionJournal::nonce).max();
  }

  private Stream<Submission> numbered(Caip2ChainId chain, EvmAddress signer) {
    return rows.values().stream()
        .filter(row -> row.chain().equals(chain))
        .filter(
            row -> row.state().planned().filter(plan -> plan.signer().equals(signer)).isPresent());
  }

  private static EvmAddress responsible(Submission row) {
    return row.state().planned().map(TransactionPlan::signer).orElse(row.sender());
  }

  private static long nonce(Submission row) {
    return row.state().planned().map(TransactionPlan::nonce).orElse(Long.MAX_VALUE);
  }
}
