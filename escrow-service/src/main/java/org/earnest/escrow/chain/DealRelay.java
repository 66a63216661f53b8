package org.earnest.escrow.chain;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.call.Funding;
import org.earnest.bindings.revert.RevertReason;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.LegState;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.escrow.decide.EscrowBounds;
import org.earnest.escrow.decide.LegDecision;
import org.earnest.escrow.decide.LegFacts;
import org.earnest.escrow.decide.LegVerb;
import org.earnest.escrow.decide.OpenDecision;
import org.earnest.escrow.decide.OpenRequest;
import org.earnest.escrow.decide.Refusal;
import org.earnest.escrow.decide.Signature;
import org.earnest.escrow.store.Closing;
import org.earnest.escrow.store.Deal;
import org.earnest.escrow.store.DealQueries;
import org.earnest.kit.follow.LogFollower;

/**
 * Brings what parties signed to the escrow. Each verb on each leg has a key of its own for ever, so
 * that a request that is repeated, by whomever, is sent once.
 */
public final class DealRelay {
  /** How long a request waits for its transaction; less than a host gives a request. */
  public static final Duration SEND_PATIENCE = Duration.ofSeconds(15);

  /** How long a request waits until the transaction's block is read. */
  public static final Duration FOLLOW_PATIENCE = Duration.ofSeconds(5);

  private static final String KEY_REUSED = "key_reused";
  private static final String OPEN = "open";
  private static final int MAX_ATTEMPTS = 16;
  private static final Refusal OUT_OF_FUNDS =
      new Refusal(
          Refusal.Kind.SERVICE,
          "relayer_out_of_funds",
          "The account that pays for gas is empty; the operator must fill it.");
  private static final Refusal TOO_MANY_ATTEMPTS =
      new Refusal(
          Refusal.Kind.STATE,
          "too_many_attempts",
          "This was sent %d times in vain; any party may send it by itself."
              .formatted(MAX_ATTEMPTS));

  private final EscrowBounds bounds;
  private final EscrowChain chain;
  private final DealQueries deals;
  private final LogFollower follower;
  private final DealEscrowCalls calls;
  private final Duration patience;

  public DealRelay(
      EscrowBounds bounds,
      EscrowChain chain,
      DealQueries deals,
      LogFollower follower,
      Duration patience) {
    this.bounds = bounds;
    this.chain = chain;
    this.deals = deals;
    this.follower = follower;
    this.calls = new DealEscrowCalls(bounds.escrow());
    this.patience = patience;
  }

  /** Opens and funds a deal; a deal that is open already is what was asked for. */
  public RelayOutcome open(OpenRequest request) throws InterruptedException {
    DealId id = bounds.typedData().dealId(request.terms());
    if (chain.status(id, 0).state() != LegState.NONE) {
      return opened(id);
    }
    Set<EvmAddress> wallets = chain.contracts(OpenDecision.unrecovered(request, bounds));
    Optional<Refusal> refusal = OpenDecision.refusal(request, bounds, wallets, chain.time());
    if (refusal.isPresent()) {
      return new RelayOutcome.Refused(refusal.get());
    }
    return send(id, OPEN, openCall(request), deal -> true);
  }

  /** Applies a verb to a leg. */
  public RelayOutcome apply(DealId id, int leg, LegVerb verb) throws InterruptedException {
    Optional<Deal> deal = find(id);
    if (deal.isEmpty()) {
      return unknownDeal(id);
    }
    if (leg >= deal.get().terms().legs().size()) {
      return new RelayOutcome.Unknown("leg_unknown", "The deal has no leg " + leg + ".");
    }
    return switch (LegDecision.of(verb, facts(deal.get(), leg, verb), bounds)) {
      case LegDecision.Relay relay ->
          send(
              id,
              leg + ":" + verb.name(),
              call(deal.get(), leg, verb),
              later -> shows(later, leg, verb));
      case LegDecision.AlreadyDone done -> new RelayOutcome.Done(deal.get());
      case LegDecision.Refused refused -> new RelayOutcome.Refused(refused.refusal());
    };
  }

  /** A deal as the chain's newest block has it. */
  public Optional<Deal> find(DealId id) throws InterruptedException {
    follower.awaitBlock(chain.head(), FOLLOW_PATIENCE);
    return deals.deal(id);
  }

  /** Second of 1970 after which {@code lapse} works on a leg; empty where time decides nothing. */
  public Optional<Long> lapsesAfter(Deal deal, int leg) {
    LegState state = deal.state(leg);
    long delivered = state == LegState.DELIVERED ? chain.status(deal.id(), leg).timestamp() : 0;
    return LegDecision.lapsesAfter(state, deal.terms().legs().get(leg), delivered);
  }

  /** The chain's time in seconds of 1970. */
  public long time() {
    return chain.time();
  }

  private static RelayOutcome unknownDeal(DealId id) {
    return new RelayOutcome.Unknown(
        "deal_unknown", "No deal " + id + " was opened at this escrow.");
  }

  private LegFacts facts(Deal deal, int leg, LegVerb verb) {
    LegFacts facts =
        new LegFacts(
            deal.id(),
            deal.terms(),
            leg,
            chain.status(deal.id(), leg),
            Optional.ofNullable(deal.deliveries().get(leg)).map(it -> it.event().deliverable()),
            Optional.ofNullable(deal.closings().get(leg)).map(Closing::rating),
            Set.of(),
            chain.time());
    return LegDecision.signer(verb, facts)
        .map(party -> facts.knowing(chain.contracts(Set.of(party))))
        .orElse(facts);
  }

  /**
   * Sends a call under its key. A try that was refused, and would not be refused now, does not
   * stand in the way for ever: the next one has the next key. The contract's own states see to it
   * that only one of them has an effect.
   */
  private RelayOutcome send(DealId id, String verb, ChainCall call, Predicate<Deal> shown)
      throws InterruptedException {
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      Rehearsal rehearsal = chain.rehearse(call);
      if (rehearsal instanceof Rehearsal.Refused(RevertReason reason)) {
        return doneOr(id, shown, Reverts.refusal(reason));
      }
      if (!chain.funded()) {
        return new RelayOutcome.Refused(OUT_OF_FUNDS);
      }
      String key = key(id, verb, attempt);
      SubmissionId submission = SubmissionId.of(chain.chainId(), key);
      SubmissionOutcome outcome = chain.send(key, call, patience);
      if (!(outcome instanceof SubmissionOutcome.Rejected rejected)) {
        return sent(id, submission, outcome, shown);
      }
      if (rejected.code().equals(KEY_REUSED) && rehearsal instanceof Rehearsal.InFlight) {
        return new RelayOutcome.Waiting(submission, Optional.empty());
      }
    }
    return new RelayOutcome.Refused(TOO_MANY_ATTEMPTS);
  }

  private RelayOutcome sent(
      DealId id, SubmissionId submission, SubmissionOutcome outcome, Predicate<Deal> shown)
      throws InterruptedException {
    return switch (outcome) {
      case SubmissionOutcome.Settled settled -> {
        follower.awaitBlock(settled.receipt().block().number(), FOLLOW_PATIENCE);
        yield onRecord(id, shown)
            .orElse(
                new RelayOutcome.Waiting(submission, Optional.of(settled.receipt().transaction())));
      }
      case SubmissionOutcome.Pending pending ->
          new RelayOutcome.Waiting(submission, Optional.of(pending.transaction()));
      case SubmissionOutcome.Unknown unknown ->
          new RelayOutcome.Waiting(submission, unknown.transaction());
      case SubmissionOutcome.Rejected rejected ->
          doneOr(id, shown, Reverts.refusal(rejected.reason()));
    };
  }

  /** Somebody else may have sent the same meanwhile; then it is done all the same. */
  private RelayOutcome doneOr(DealId id, Predicate<Deal> shown, Refusal refusal)
      throws InterruptedException {
    return find(id)
        .filter(shown)
        .<RelayOutcome>map(RelayOutcome.Done::new)
        .orElseGet(() -> new RelayOutcome.Refused(refusal));
  }

  private RelayOutcome opened(DealId id) throws InterruptedException {
    SubmissionId submission = SubmissionId.of(chain.chainId(), key(id, OPEN, 1));
    return find(id)
        .<RelayOutcome>map(RelayOutcome.Done::new)
        .orElseGet(() -> new RelayOutcome.Waiting(submission, Optional.empty()));
  }

  private Optional<RelayOutcome> onRecord(DealId id, Predicate<Deal> shown) {
    return deals.deal(id).filter(shown).map(RelayOutcome.Done::new);
  }

  private static boolean shows(Deal deal, int leg, LegVerb verb) {
    Optional<Closing> closing = Optional.ofNullable(deal.closings().get(leg));
    return switch (verb) {
      case LegVerb.Deliver deliver ->
          Optional.ofNullable(deal.deliveries().get(leg))
              .filter(delivery -> delivery.event().deliverable().equals(deliver.deliverable()))
              .isPresent();
      case LegVerb.Accept accept ->
          closing
              .filter(it -> it.outcome() == LegState.ACCEPTED && it.rating() == accept.rating())
              .isPresent();
      case LegVerb.Lapse lapse ->
          closing
              .filter(it -> it.outcome() == LegState.LAPSED || it.outcome() == LegState.MISSED)
              .isPresent();
    };
  }

  private ChainCall openCall(OpenRequest request) {
    OpenRequest.Authorization by = request.authorization();
    return calls.open(
        request.terms(),
        request.payeeSignatures().stream().map(Signature::bytes).toList(),
        new Funding.Authorization(by.validAfter(), by.validBefore(), by.signature().hex()));
  }

  private ChainCall call(Deal deal, int leg, LegVerb verb) {
    return switch (verb) {
      case LegVerb.Deliver deliver ->
          calls.deliver(
              deal.terms(), leg, deliver.deliverable(), deliver.uri(), deliver.signature().bytes());
      case LegVerb.Accept accept ->
          calls.accept(deal.terms(), leg, accept.rating(), accept.signature().bytes());
      case LegVerb.Lapse lapse -> calls.lapse(deal.terms(), leg);
    };
  }

  private static String key(DealId id, String verb, int attempt) {
    String first = "deal:%s:%s".formatted(id, verb);
    return attempt == 1 ? first : first + ":" + attempt;
  }
}
