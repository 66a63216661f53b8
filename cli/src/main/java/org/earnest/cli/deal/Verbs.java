package org.earnest.cli.deal;

import java.math.BigInteger;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.call.Funding;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Leg;

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
  private final DealTypedData typed;
  private final DealId deal;

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
    this.typed = new DealTypedData(token.chain(), escrow);
    this.deal = typed.dealId(terms);
  }

  /** Puts in what a party's bonds are taken from. */
  ChainCall deposit(EvmAddress account, BigInteger amount) {
    Hash32 digest = typed.deposit(token.verifyingContract(), account, amount, SALT);
    return calls.deposit(
        token.verifyingContract(), account, amount, SALT, paid(account, amount, digest));
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
        paid(terms.head().client(), terms.total(), deal.digest()));
  }

  /** Who sends a move: the arbiter its rulings, a relayer all else. */
  LocalSigner sender(Move move, LocalSigner relayer) {
    return move.act() instanceof Act.Rule ? signer(terms.head().arbiter()) : relayer;
  }

  ChainCall call(Move move) {
    int leg = move.leg();
    EvmAddress client = terms.head().client();
    return switch (move.act()) {
      case Act.Deliver(EvmAddress by) ->
          calls.deliver(terms, leg, WORK, NOWHERE, sign(by, typed.deliver(deal, leg, WORK, by)));
      case Act.Accept() ->
          calls.accept(
              terms,
              leg,
              DealEscrowCalls.NO_RATING,
              sign(client, typed.accept(deal, leg, DealEscrowCalls.NO_RATING)));
      case Act.Substitute() ->
          calls.substitute(
              terms, leg, sign(terms.legs().get(leg).standby(), typed.substitute(deal, leg)));
      case Act.Dispute(EvmAddress by, boolean delivered) ->
          calls.dispute(
              terms,
              leg,
              by.equals(client),
              WORK,
              NOWHERE,
              sign(by, typed.dispute(deal, leg, delivered, WORK)));
      case Act.Rule(int payeeBps, int bondBps) -> calls.rule(terms, leg, payeeBps, bondBps, WORK);
      case Act.Settle settle -> settle(leg, client, settle);
      case Act.Lapse() -> calls.lapse(terms, leg);
    };
  }

  private ChainCall settle(int leg, EvmAddress client, Act.Settle act) {
    Hash32 digest = typed.settle(deal, leg, act.by(), act.division());
    return calls.settle(terms, leg, act.division(), sign(client, digest), sign(act.by(), digest));
  }

  private byte[] consent(EvmAddress party, boolean signed) {
    return signed ? sign(party, deal.digest()) : UNSIGNED;
  }

  private Funding paid(EvmAddress from, BigInteger amount, Hash32 nonce) {
    ReceiveWithAuthorization leave =
        new ReceiveWithAuthorization(from, escrow, amount, BigInteger.ZERO, FOR_EVER, nonce);
    return new Funding.Authorization(
        leave.validAfter(), leave.validBefore(), sign(from, leave.digest(token)));
  }

  private byte[] sign(EvmAddress party, Hash32 digest) {
    return signer(party).sign(digest);
  }

  private LocalSigner signer(EvmAddress party) {
    return parties.playedBy(party).standIn();
  }
}
