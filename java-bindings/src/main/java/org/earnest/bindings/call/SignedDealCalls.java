package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.bindings.eip712.DealSigner;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.Permit;
import org.earnest.bindings.eip712.Permit2Transfer;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.LegState;

/**
 * The escrow's verbs as one party signs them, ready for anybody to send. Verbs that ask for no
 * signature ({@code acceptMany}, {@code lapse}, {@code rule}, {@code withdraw}) are in {@link
 * DealEscrowCalls}. Legs are counted from 0, instants are seconds of 1970.
 */
public final class SignedDealCalls {
  private final DealSigner signer;
  private final DealEscrowCalls calls;
  private final DealTypedData typed;

  /**
   * Of one party.
   *
   * @param signer the party's key
   */
  public SignedDealCalls(Caip2ChainId chain, EvmAddress escrow, EvmSigner signer) {
    this.signer = new DealSigner(chain, escrow, signer);
    this.calls = new DealEscrowCalls(escrow);
    this.typed = new DealTypedData(chain, escrow);
  }

  /** The bare signatures, where another makes the call: of a deal's terms, of a settlement. */
  public DealSigner signatures() {
    return signer;
  }

  /** The client's money by EIP-3009, which is its consent. */
  public Funding authorization(
      DealTerms terms, Eip712Domain token, BigInteger validAfter, BigInteger validBefore) {
    return authorization(
        terms.total(), typed.dealId(terms).digest(), token, validAfter, validBefore);
  }

  /**
   * The client's money by Permit2, which is its consent.
   *
   * @param nonce any number that the client has not used at Permit2
   */
  public Funding permit2(DealTerms terms, BigInteger nonce, BigInteger deadline) {
    Permit2Transfer leave =
        new Permit2Transfer(
            terms.head().token(),
            terms.total(),
            signer.escrow(),
            nonce,
            deadline,
            typed.dealId(terms).digest());
    return new Funding.Permit2(nonce, deadline, Hex.encode(signer.permit2(leave)));
  }

  /** The client's money by its allowance, and its consent. */
  public Funding allowance(DealTerms terms) {
    return new Funding.Allowance(Optional.empty(), consent(terms));
  }

  /**
   * The client's money by an EIP-2612 permit of the deal's total, and its consent.
   *
   * @param nonce the token's count of the client's permits
   * @param deadline not 0
   */
  public Funding allowance(
      DealTerms terms, Eip712Domain token, BigInteger nonce, BigInteger deadline) {
    Permit permit = new Permit(signer.address(), signer.escrow(), terms.total(), nonce, deadline);
    return new Funding.Allowance(
        Optional.of(new Funding.Permit(deadline, Hex.encode(signer.permit(permit, token)))),
        consent(terms));
  }

  /** The client's credit, and its consent. */
  public Funding credit(DealTerms terms) {
    return new Funding.Credit(consent(terms));
  }

  /**
   * Adds to this party's credit by EIP-3009.
   *
   * @param token the token's own domain
   * @param amount atomic units
   * @param salt makes it new
   */
  public ChainCall deposit(
      Eip712Domain token, BigInteger amount, Hash32 salt, BigInteger validBefore) {
    EvmAddress account = signer.address();
    EvmAddress asset = token.verifyingContract();
    Hash32 nonce = typed.deposit(asset, account, amount, salt);
    Funding funding = authorization(amount, nonce, token, BigInteger.ZERO, validBefore);
    return calls.deposit(asset, account, amount, salt, funding);
  }

  /** Joins an offered leg that names no standby. */
  public ChainCall join(DealTerms terms, int leg) {
    return join(terms, leg, new byte[0]);
  }

  /**
   * Joins an offered leg as its payee.
   *
   * @param standbyConsent the standby's {@link DealSigner#consent}
   */
  public ChainCall join(DealTerms terms, int leg, byte[] standbyConsent) {
    return calls.join(terms, leg, signer.consent(terms), standbyConsent);
  }

  /** Delivers, as the payee at work. */
  public ChainCall deliver(DealTerms terms, int leg, Hash32 deliverable, String uri) {
    return calls.deliver(terms, leg, deliverable, uri, signer.deliver(terms, leg, deliverable));
  }

  /** Accepts, as the client. */
  public ChainCall accept(DealTerms terms, int leg, int rating) {
    return calls.accept(terms, leg, rating, signer.accept(terms, leg, rating));
  }

  /** Takes over, as the standby. */
  public ChainCall substitute(DealTerms terms, int leg) {
    return calls.substitute(terms, leg, signer.substitute(terms, leg));
  }

  /**
   * Disputes, as the client or the payee at work.
   *
   * @param delivered whether the leg was delivered before
   */
  public ChainCall dispute(
      DealTerms terms, int leg, boolean delivered, Hash32 evidence, String uri) {
    return calls.dispute(
        terms,
        leg,
        isClient(terms),
        evidence,
        uri,
        signer.dispute(terms, leg, delivered, evidence));
  }

  /**
   * Ends a leg by agreement, as the client or the payee at work.
   *
   * @param state where the leg is: active, delivered or disputed
   * @param occupant the payee at work
   * @param other the other side's {@link DealSigner#settle} of the same
   */
  public ChainCall settle(
      DealTerms terms,
      int leg,
      LegState state,
      EvmAddress occupant,
      Division division,
      byte[] other) {
    byte[] own = signer.settle(terms, leg, state, occupant, division);
    return isClient(terms)
        ? calls.settle(terms, leg, division, own, other)
        : calls.settle(terms, leg, division, other, own);
  }

  /** Rates the other side, as the client or the payee last at work. */
  public ChainCall rate(DealTerms terms, int leg, int rating) {
    boolean byClient = isClient(terms);
    return calls.rate(terms, leg, byClient, rating, signer.rate(terms, leg, byClient, rating));
  }

  private Funding authorization(
      BigInteger amount,
      Hash32 nonce,
      Eip712Domain token,
      BigInteger validAfter,
      BigInteger validBefore) {
    ReceiveWithAuthorization leave =
        new ReceiveWithAuthorization(
            signer.address(), signer.escrow(), amount, validAfter, validBefore, nonce);
    return new Funding.Authorization(validAfter, validBefore, signer.authorize(leave, token));
  }

  private String consent(DealTerms terms) {
    return Hex.encode(signer.consent(terms));
  }

  /** No other party may be the client. */
  private boolean isClient(DealTerms terms) {
    return signer.address().equals(terms.head().client());
  }
}
