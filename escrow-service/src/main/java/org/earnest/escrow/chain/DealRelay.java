package org.earnest.escrow.chain;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.call.Funding;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.LegState;
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

  private static final String OPEN = "open";

  private final EscrowBounds bounds;
  private final EscrowChain chain;
  private final DealQueries deals;
  private final LogFollower follower;
  private final DealEscrowCalls calls;
  private final DealSubmissions submissions;

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
    this.submissions = new DealSubmissions(chain, this::find, patience);
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
    return submissions.send(id, OPEN, openCall(request), deal -> true);
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
          submissions.send(
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
    return find(id, chain.head());
  }

  private Optional<Deal> find(DealId id, BlockRef block) throws InterruptedException {
    follower.awaitBlock(block, FOLLOW_PATIENCE);
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

  /** A deal that is open, and perhaps not on record yet. */
  private RelayOutcome opened(DealId id) throws InterruptedException {
    return find(id)
        .<RelayOutcome>map(RelayOutcome.Done::new)
        .orElseGet(() -> submissions.waiting(id, OPEN));
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
}
