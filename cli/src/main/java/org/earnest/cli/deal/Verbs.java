package org.earnest.cli.deal;

import java.math.BigInteger;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.call.SignedDealCalls;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;

/** The escrow's verbs as the parties of one deal sign them; somebody else sends them. */
final class Verbs {
  private static final byte[] UNSIGNED = {};
  private static final Hash32 WORK = Keccak256.hash("earnest deal simulate: the work");
  private static final Hash32 SALT = Keccak256.hash("earnest deal simulate: a deposit");
  private static final String NOWHERE = "";

  /** Second of 1970; no simulation lasts longer. */
  private static final BigInteger FOR_EVER = BigInteger.TWO.pow(64);

  private final DealTerms terms;
  private final Parties parties;
  private final EvmAddress escrow;
  private final Eip712Domain token;
  private final DealEscrowCalls calls;

  /**
   * Those of one deal.
   *
   * @param terms as they are played
   * @param token the domain of the token that they are in
   */
  Verbs(DealTerms terms, Parties parties, EvmAddress escrow, Eip712Domain token) {
    this.terms = terms;
    this.parties = parties;
    this.escrow = escrow;
    this.token = token;
    this.calls = new DealEscrowCalls(escrow);
  }

  /** Puts in what a party's bonds are taken from. */
  ChainCall deposit(EvmAddress account, BigInteger amount) {
    return by(account).deposit(token, amount, SALT, FOR_EVER);
  }

  /**
   * Opens the deal with the client's money.
   *
   * @param signed whether payees and standbys sign; else they may join later
   */
  ChainCall open(boolean signed) {
    return calls.open(
        terms,
        terms.legs().stream().map(leg -> consent(leg.payee(), signed)).toList(),
        terms.legs().stream()
            .map(Leg::standby)
            .filter(standby -> !standby.isZero())
            .map(standby -> consent(standby, signed))
            .toList(),
        by(terms.head().client()).authorization(terms, token, BigInteger.ZERO, FOR_EVER));
  }

  /** Who sends a move: the arbiter its rulings, a relayer all else. */
  LocalSigner sender(Move move, LocalSigner relayer) {
    return move.act() instanceof Act.Rule ? signer(terms.head().arbiter()) : relayer;
  }

  ChainCall call(Move move) {
    int leg = move.leg();
    SignedDealCalls client = by(terms.head().client());
    return switch (move.act()) {
      case Act.Deliver(EvmAddress who) -> by(who).deliver(terms, leg, WORK, NOWHERE);
      case Act.Accept() -> client.accept(terms, leg, DealEscrowCalls.NO_RATING);
      case Act.Substitute() -> by(terms.legs().get(leg).standby()).substitute(terms, leg);
      case Act.Dispute(EvmAddress who, boolean delivered) ->
          by(who).dispute(terms, leg, delivered, WORK, NOWHERE);
      case Act.Rule(int payeeBps, int bondBps) -> calls.rule(terms, leg, payeeBps, bondBps, WORK);
      case Act.Settle(LegState from, EvmAddress who, Division division) ->
          client.settle(
              terms,
              leg,
              from,
              who,
              division,
              by(who).signatures().settle(terms, leg, from, who, division));
      case Act.Lapse() -> calls.lapse(terms, leg);
    };
  }

  private byte[] consent(EvmAddress party, boolean signed) {
    return signed ? by(party).signatures().consent(terms) : UNSIGNED;
  }

  private SignedDealCalls by(EvmAddress party) {
    return new SignedDealCalls(token.chain(), escrow, signer(party));
  }

  private LocalSigner signer(EvmAddress party) {
    return parties.playedBy(party).standIn();
  }
}
