package org.earnest.bindings.call;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.eip712.DealSigner;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.LegState;
import org.earnest.testkit.deal.LegVerb;

/** A history's events as transactions, with whatever signatures come along. */
final class LegCalls {
  private static final byte[] UNSIGNED = {};
  private static final Hash32 WORK = Keccak256.hash("work");

  private final Caip2ChainId chain;
  private final EvmAddress escrow;
  private final DealEscrowCalls deals;

  LegCalls(Caip2ChainId chain, EvmAddress escrow) {
    this.chain = chain;
    this.escrow = escrow;
    this.deals = new DealEscrowCalls(escrow);
  }

  /** The opening, which the client sends. */
  ChainCall open(LegHistory history) {
    DealTerms terms = history.terms();
    EvmAddress standby = terms.legs().getFirst().standby();
    LegCast cast = history.cast();
    byte[] payees =
        history.joined() ? signer(cast, cast.payee().address()).consent(terms) : UNSIGNED;
    List<byte[]> standbys =
        standby.isZero()
            ? List.of()
            : List.of(history.joined() ? signer(cast, standby).consent(terms) : UNSIGNED);
    return deals.open(terms, List.of(payees), standbys, new Funding.Allowance());
  }

  ChainCall of(LegHistory history, LegHistory.Tried tried) {
    DealTerms terms = history.terms();
    LegCast cast = history.cast();
    Set<EvmAddress> signed = tried.event().signed();
    Function<Function<DealSigner, byte[]>, byte[]> one =
        sign -> signed.isEmpty() ? UNSIGNED : sign.apply(signer(cast, signed.iterator().next()));
    return switch (tried.event().verb()) {
      case LegVerb.Join() -> join(terms, cast, signed);
      case LegVerb.Deliver() ->
          deals.deliver(terms, 0, WORK, "", one.apply(by -> by.deliver(terms, 0, WORK)));
      case LegVerb.Accept(int rating) ->
          deals.accept(terms, 0, rating, one.apply(by -> by.accept(terms, 0, rating)));
      case LegVerb.Substitute() ->
          deals.substitute(terms, 0, one.apply(by -> by.substitute(terms, 0)));
      case LegVerb.Dispute(boolean byClient) -> {
        boolean delivered = byClient || tried.before().status().state() != LegState.ACTIVE;
        yield deals.dispute(
            terms, 0, byClient, WORK, "", one.apply(by -> by.dispute(terms, 0, delivered, WORK)));
      }
      case LegVerb.Rule(int payeeBps, int bondBps) -> deals.rule(terms, 0, payeeBps, bondBps, WORK);
      case LegVerb.Settle(Division division) -> settle(tried, terms, cast, division);
      case LegVerb.Rate(boolean byClient, int rating) ->
          deals.rate(
              terms, 0, byClient, rating, one.apply(by -> by.rate(terms, 0, byClient, rating)));
      case LegVerb.Lapse() -> deals.lapse(terms, 0);
      case LegVerb.Withdraw() -> deals.withdraw(terms.head().token(), tried.event().sender());
    };
  }

  private ChainCall join(DealTerms terms, LegCast cast, Set<EvmAddress> signed) {
    EvmAddress payee = cast.payee().address();
    EvmAddress standby = cast.standby().address();
    return deals.join(
        terms,
        0,
        signed.contains(payee) ? signer(cast, payee).consent(terms) : UNSIGNED,
        signed.contains(standby) ? signer(cast, standby).consent(terms) : UNSIGNED);
  }

  private ChainCall settle(
      LegHistory.Tried tried, DealTerms terms, LegCast cast, Division division) {
    EvmAddress client = cast.client().address();
    EvmAddress occupant = tried.before().occupancy().occupant();
    LegState state = tried.before().status().state();
    Function<EvmAddress, byte[]> signature =
        who ->
            tried.event().signed().contains(who)
                ? signer(cast, who).settle(terms, 0, state, occupant, division)
                : UNSIGNED;
    return deals.settle(terms, 0, division, signature.apply(client), signature.apply(occupant));
  }

  private DealSigner signer(LegCast cast, EvmAddress who) {
    return new DealSigner(chain, escrow, cast.key(who));
  }
}
