package org.earnest.escrow.chain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.call.Funding;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.Occupancy;
import org.earnest.escrow.decide.EscrowBounds;
import org.earnest.escrow.decide.LegDecision;
import org.earnest.escrow.decide.LegFacts;
import org.earnest.escrow.decide.LegVerb;
import org.earnest.escrow.decide.OpenDecision;
import org.earnest.escrow.decide.OpenRequest;
import org.earnest.escrow.decide.Refusal;
import org.earnest.escrow.decide.Signature;
import org.earnest.escrow.store.Deal;
import org.earnest.escrow.store.DealQueries;
import org.earnest.escrow.store.Recorded;
import org.earnest.kit.follow.LogFollower;

/**
 * Brings what parties signed to the escrow. Each verb on each leg has a key of its own for ever, so
 * that a request that is repeated, by whomever, is sent once.
 */
public final class DealRelay {
  /** How long a request waits for its transaction; less than a host gives a request. */
  public static final Duration SEND_PATIENCE = Duration.ofSeconds(15);

  /** How long a request waits until the transaction's block is read, where nobody says. */
  public static final Duration FOLLOW_PATIENCE = Duration.ofSeconds(5);

  private static final String OPEN = "open";

  private final EscrowBounds bounds;
  private final EscrowChain chain;
  private final DealQueries deals;
  private final LogFollower follower;
  private final DealEscrowCalls calls;
  private final Submissions submissions;
  private final Duration following;

  /**
   * Relays to one escrow.
   *
   * @param patience how long a request waits for its transaction
   * @param following how long it then waits until the transaction's block is read
   */
  public DealRelay(
      EscrowBounds bounds,
      EscrowChain chain,
      DealQueries deals,
      LogFollower follower,
      Duration patience,
      Duration following) {
    this.bounds = bounds;
    this.chain = chain;
    this.deals = deals;
    this.follower = follower;
    this.calls = new DealEscrowCalls(bounds.escrow());
    this.submissions = new Submissions(chain, patience);
    this.following = following;
  }

  /** Opens and funds a deal; a deal that is open already is what was asked for. */
  public RelayOutcome<Deal> open(OpenRequest request) throws InterruptedException {
    DealId id = bounds.typedData().dealId(request.terms());
    if (chain.status(id, 0).state() != LegState.NONE) {
      return opened(id);
    }
    Set<EvmAddress> wallets = chain.contracts(OpenDecision.unrecovered(request, bounds));
    Optional<Refusal> refusal = OpenDecision.refusal(request, bounds, wallets, chain.time());
    if (refusal.isPresent()) {
      return new RelayOutcome.Refused<>(refusal.get());
    }
    return submissions.send(key(id, OPEN), openCall(request), block -> find(id, block));
  }

  /** Applies a verb to a leg. */
  public RelayOutcome<Deal> apply(DealId id, int leg, LegVerb verb) throws InterruptedException {
    Optional<Deal> deal = find(id);
    if (deal.isEmpty()) {
      return unknownDeal(id);
    }
    if (leg >= deal.get().terms().legs().size()) {
      return new RelayOutcome.Unknown<>("leg_unknown", "The deal has no leg " + leg + ".");
    }
    LegFacts facts = facts(deal.get(), leg, verb);
    return switch (LegDecision.of(verb, facts, bounds)) {
      case LegDecision.Relay relay ->
          submissions.send(
              key(id, leg + ":" + name(verb, facts.status().state())),
              call(deal.get(), leg, verb),
              block -> find(id, block).filter(later -> Shown.by(later.leg(leg), verb)));
      case LegDecision.AlreadyDone done -> new RelayOutcome.Done<>(deal.get());
      case LegDecision.Refused refused -> new RelayOutcome.Refused<>(refused.refusal());
    };
  }

  private static String key(DealId id, String verb) {
    return "deal:%s:%s".formatted(id, verb);
  }

  /** Time may decide twice on a leg: that the arbiter is called, and that it was silent. */
  private static String name(LegVerb verb, LegState state) {
    return verb instanceof LegVerb.Lapse && state == LegState.DISPUTED
        ? "lapse:disputed"
        : verb.name();
  }

  /** A deal as the chain's newest block has it. */
  public Optional<Deal> find(DealId id) throws InterruptedException {
    return find(id, chain.head());
  }

  private Optional<Deal> find(DealId id, BlockRef block) throws InterruptedException {
    follower.awaitBlock(block, following);
    return deals.deal(id);
  }

  /** Who is at work on a leg, and until when each party may act, as the chain has it now. */
  public Occupancy occupancy(Deal deal, int leg) {
    return new Occupancy(
        deal.terms().head(), deal.terms().legs().get(leg), chain.status(deal.id(), leg));
  }

  /** The highest block that counts as final; empty while there is none. */
  public Optional<Long> finalBlock() {
    return chain.finalBlock();
  }

  /** Whether a block is final, and is the one that the chain has at its height. */
  public boolean isFinal(BlockRef block) {
    return finalBlock().filter(number -> number >= block.number()).isPresent() && chain.has(block);
  }

  /** The chain's time in seconds of 1970. */
  public long time() {
    return chain.time();
  }

  private static RelayOutcome<Deal> unknownDeal(DealId id) {
    return new RelayOutcome.Unknown<>(
        "deal_unknown", "No deal " + id + " was opened at this escrow.");
  }

  private LegFacts facts(Deal deal, int leg, LegVerb verb) {
    Deal.LegHistory history = deal.leg(leg);
    LegFacts facts =
        new LegFacts(
            deal.id(),
            deal.terms(),
            leg,
            chain.status(deal.id(), leg),
            new LegFacts.History(
                history.delivery().map(it -> it.event().deliverable()),
                history.dispute().map(Recorded::event),
                history.closing().map(Recorded::event),
                history.rating(true),
                history.rating(false)),
            Set.of(),
            chain.time());
    return facts.knowing(chain.contracts(LegDecision.signers(verb, facts)));
  }

  /** A deal that is open, and perhaps not on record yet. */
  private RelayOutcome<Deal> opened(DealId id) throws InterruptedException {
    return find(id)
        .<RelayOutcome<Deal>>map(RelayOutcome.Done::new)
        .orElseGet(() -> submissions.waiting(key(id, OPEN)));
  }

  private ChainCall openCall(OpenRequest request) {
    return calls.open(
        request.terms(),
        bytes(request.payeeSignatures()),
        bytes(request.standbySignatures()),
        funding(request.payment()));
  }

  private static List<byte[]> bytes(List<Signature> signatures) {
    return signatures.stream().map(Signature::bytes).toList();
  }

  private static Funding funding(OpenRequest.Payment payment) {
    return switch (payment) {
      case OpenRequest.Authorization by -> by.funding();
      case OpenRequest.Permit2 by ->
          new Funding.Permit2(by.nonce(), by.deadline(), by.signature().hex());
      case OpenRequest.Allowance by ->
          new Funding.Allowance(
              by.permit()
                  .map(permit -> new Funding.Permit(permit.deadline(), permit.signature().hex())),
              by.consent().hex());
      case OpenRequest.Credit by -> new Funding.Credit(by.consent().hex());
    };
  }

  private ChainCall call(Deal deal, int leg, LegVerb verb) {
    return switch (verb) {
      case LegVerb.Join join ->
          calls.join(
              deal.terms(), leg, join.payeeSignature().bytes(), join.standbySignature().bytes());
      case LegVerb.Deliver deliver ->
          calls.deliver(
              deal.terms(), leg, deliver.deliverable(), deliver.uri(), deliver.signature().bytes());
      case LegVerb.Substitute substitute ->
          calls.substitute(deal.terms(), leg, substitute.signature().bytes());
      case LegVerb.Accept accept ->
          calls.accept(deal.terms(), leg, accept.rating(), accept.signature().bytes());
      case LegVerb.Lapse lapse -> calls.lapse(deal.terms(), leg);
      case LegVerb.Dispute dispute ->
          calls.dispute(
              deal.terms(),
              leg,
              dispute.byClient(),
              dispute.evidence(),
              dispute.uri(),
              dispute.signature().bytes());
      case LegVerb.Settle settle ->
          calls.settle(
              deal.terms(),
              leg,
              settle.division(),
              settle.clientSignature().bytes(),
              settle.payeeSignature().bytes());
      case LegVerb.Rate rate ->
          calls.rate(deal.terms(), leg, rate.byClient(), rate.rating(), rate.signature().bytes());
    };
  }
}
