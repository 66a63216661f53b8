package org.earnest.bindings.eip712;

import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.LegState;

/**
 * What one account signs at one deal escrow: 65 bytes {@code r || s || v} of typed data. The signer
 * is given the message and not its digest, so that it can read what it signs. Every method throws
 * {@link org.earnest.core.chain.SignerUnavailableException} when the key could not be asked.
 */
public final class DealSigner {
  private final Caip2ChainId chain;
  private final EvmAddress escrow;
  private final Eip712Domain domain;
  private final DealTypedData typed;
  private final EvmSigner signer;

  public DealSigner(Caip2ChainId chain, EvmAddress escrow, EvmSigner signer) {
    this.chain = chain;
    this.escrow = escrow;
    this.domain = DealTypedData.domain(chain, escrow);
    this.typed = new DealTypedData(chain, escrow);
    this.signer = signer;
  }

  public EvmAddress address() {
    return signer.address();
  }

  public EvmAddress escrow() {
    return escrow;
  }

  public DealId dealId(DealTerms terms) {
    return typed.dealId(terms);
  }

  /** Consent to all terms: the payee's and the standby's, and a client's that pays from credit. */
  public byte[] consent(DealTerms terms) {
    return sign(DealStructHashes.of(terms));
  }

  /**
   * A delivery by whom the leg is held: this account.
   *
   * @param deliverable hash of what is delivered
   */
  public byte[] deliver(DealTerms terms, int leg, Hash32 deliverable) {
    return sign(DealStructHashes.deliver(dealId(terms), leg, deliverable, address()));
  }

  /**
   * The client's acceptance.
   *
   * @param rating 0 to 100; 255 for none
   */
  public byte[] accept(DealTerms terms, int leg, int rating) {
    return sign(DealStructHashes.accept(dealId(terms), leg, rating));
  }

  /** The standby's taking over. */
  public byte[] substitute(DealTerms terms, int leg) {
    return sign(DealStructHashes.substitute(dealId(terms), leg));
  }

  /**
   * A side's dispute.
   *
   * @param delivered whether the leg was delivered before
   * @param evidence hash of the evidence
   */
  public byte[] dispute(DealTerms terms, int leg, boolean delivered, Hash32 evidence) {
    return sign(DealStructHashes.dispute(dealId(terms), leg, delivered, evidence));
  }

  /**
   * A side's agreement to end a leg. It is void once the leg is in another state.
   *
   * @param state where the leg is: active, delivered or disputed
   * @param occupant the payee at work
   */
  public byte[] settle(
      DealTerms terms, int leg, LegState state, EvmAddress occupant, Division division) {
    return sign(DealStructHashes.settle(dealId(terms), leg, state, occupant, division));
  }

  /**
   * A side's rating of the other.
   *
   * @param byClient whether this account is the client
   * @param rating 0 to 100
   */
  public byte[] rate(DealTerms terms, int leg, boolean byClient, int rating) {
    return sign(DealStructHashes.rate(dealId(terms), leg, byClient, rating));
  }

  /**
   * Leave to fetch this account's tokens.
   *
   * @param token the token's own domain
   */
  public byte[] authorize(ReceiveWithAuthorization leave, Eip712Domain token) {
    return signer.sign(token.message(leave.structHash()));
  }

  /** An allowance of this account's tokens; the token's own domain. */
  public byte[] permit(Permit permit, Eip712Domain token) {
    return signer.sign(token.message(permit.structHash()));
  }

  /** Leave to fetch this account's tokens through Permit2. */
  public byte[] permit2(Permit2Transfer leave) {
    return signer.sign(leave.message(chain));
  }

  /**
   * A panel member's vote.
   *
   * @param panel the arbiter's contract
   */
  public byte[] vote(Vote vote, EvmAddress panel) {
    return signer.sign(Vote.domain(chain, panel).message(vote.structHash()));
  }

  private byte[] sign(Hash32 structHash) {
    return signer.sign(domain.message(structHash));
  }
}
