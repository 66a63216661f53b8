package org.earnest.bindings.call;

import static org.earnest.bindings.call.DealStructs.number;

import java.math.BigInteger;
import java.util.List;
import org.earnest.bindings.contract.DealEscrow;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;

/**
 * The escrow's verbs. Where a signature is asked for, none (no bytes) means that the party sends
 * the transaction itself. Legs are counted from 0.
 */
public final class DealEscrowCalls {
  /** What {@code accept} takes for a rating when there is none. */
  public static final int NO_RATING = 255;

  /** What {@code acceptMany} takes for a leg that it is to leave alone. */
  public static final int LEAVE_ALONE = 254;

  private final EvmAddress escrow;
  private final DealEscrow abi;

  public DealEscrowCalls(EvmAddress escrow) {
    this.escrow = escrow;
    this.abi = Wrappers.dealEscrow();
  }

  /**
   * Opens and funds a deal.
   *
   * @param payeeSignatures of the deal's id, one per leg; a payee of consecutive legs signs the
   *     first and leaves the others empty; empty as well where a payee may join later
   * @param standbySignatures the same, one per leg that names a standby, in their order
   */
  public ChainCall open(
      DealTerms terms,
      List<byte[]> payeeSignatures,
      List<byte[]> standbySignatures,
      Funding funding) {
    return Wrappers.call(
        escrow,
        abi.open(
            DealStructs.of(terms.head()),
            DealStructs.legs(terms),
            payeeSignatures,
            standbySignatures,
            FundingData.of(funding)));
  }

  /** Opens and funds a deal of which no leg names a standby. */
  public ChainCall open(DealTerms terms, List<byte[]> payeeSignatures, Funding funding) {
    return open(terms, payeeSignatures, List.of(), funding);
  }

  /**
   * Joins a leg that was offered.
   *
   * @param payeeSignature of the deal's id
   * @param standbySignature of the deal's id; none where the leg names no standby
   */
  public ChainCall join(DealTerms terms, int leg, byte[] payeeSignature, byte[] standbySignature) {
    return Wrappers.call(
        escrow,
        abi.join(
            DealStructs.of(terms.head()),
            siblings(terms, leg),
            number(leg),
            DealStructs.of(terms.legs().get(leg)),
            payeeSignature,
            standbySignature));
  }

  /**
   * Takes over a leg that its payee missed.
   *
   * @param signature the standby's, of {@link DealTypedData#substitute}
   */
  public ChainCall substitute(DealTerms terms, int leg, byte[] signature) {
    return Wrappers.call(
        escrow,
        abi.substitute(
            DealStructs.of(terms.head()),
            siblings(terms, leg),
            number(leg),
            DealStructs.of(terms.legs().get(leg)),
            signature));
  }

  /**
   * Delivers a leg.
   *
   * @param deliverable hash of what is delivered
   * @param uri where it is
   * @param signature the payee's, of {@link DealTypedData#deliver}
   */
  public ChainCall deliver(
      DealTerms terms, int leg, Hash32 deliverable, String uri, byte[] signature) {
    return Wrappers.call(
        escrow,
        abi.deliver(
            DealTypedData.hash(terms.head()).bytes(),
            siblings(terms, leg),
            number(leg),
            DealStructs.of(terms.legs().get(leg)),
            deliverable.bytes(),
            uri,
            signature));
  }

  /**
   * Accepts a delivered leg, which pays the payee.
   *
   * @param rating 0 to 100, or {@link #NO_RATING}
   * @param signature the client's, of {@link DealTypedData#accept}
   */
  public ChainCall accept(DealTerms terms, int leg, int rating, byte[] signature) {
    return Wrappers.call(
        escrow,
        abi.accept(
            DealStructs.of(terms.head()),
            siblings(terms, leg),
            number(leg),
            DealStructs.of(terms.legs().get(leg)),
            number(rating),
            signature));
  }

  /**
   * Accepts every leg that is delivered and skips the others; by the client itself.
   *
   * @param ratings one for each leg: 0 to 100, {@link #NO_RATING}, or {@link #LEAVE_ALONE} for one
   *     whose delivery the client has not seen
   */
  public ChainCall acceptMany(DealTerms terms, List<Integer> ratings) {
    return Wrappers.call(
        escrow,
        abi.acceptMany(
            DealStructs.of(terms.head()),
            DealStructs.legs(terms),
            ratings.stream().map(DealStructs::number).toList()));
  }

  /** Applies what time has decided; by anyone. */
  public ChainCall lapse(DealTerms terms, int leg) {
    return Wrappers.call(
        escrow,
        abi.lapse(
            DealStructs.of(terms.head()),
            siblings(terms, leg),
            number(leg),
            DealStructs.of(terms.legs().get(leg))));
  }

  /**
   * Calls the arbiter.
   *
   * @param byClient whether the client disputes, or the payee at work
   * @param evidence hash of the evidence
   * @param uri where it is
   * @param signature that side's, of {@link DealTypedData#dispute}
   */
  public ChainCall dispute(
      DealTerms terms, int leg, boolean byClient, Hash32 evidence, String uri, byte[] signature) {
    return Wrappers.call(
        escrow,
        abi.dispute(
            DealStructs.of(terms.head()),
            siblings(terms, leg),
            number(leg),
            DealStructs.of(terms.legs().get(leg)),
            byClient,
            evidence.bytes(),
            uri,
            signature));
  }

  /**
   * Decides a disputed leg; by the deal's arbiter itself.
   *
   * @param payeeBps the payee's share of the price, less penalty and fee
   * @param bondBps what it gets back of its bond
   * @param reason hash of the reason
   */
  public ChainCall rule(DealTerms terms, int leg, int payeeBps, int bondBps, Hash32 reason) {
    return Wrappers.call(
        escrow,
        abi.rule(
            DealStructs.of(terms.head()),
            siblings(terms, leg),
            number(leg),
            DealStructs.of(terms.legs().get(leg)),
            number(payeeBps),
            number(bondBps),
            reason.bytes()));
  }

  /**
   * Ends a leg as client and payee at work agree.
   *
   * @param clientSignature of {@link DealTypedData#settle}
   * @param payeeSignature of the same
   */
  public ChainCall settle(
      DealTerms terms, int leg, Division division, byte[] clientSignature, byte[] payeeSignature) {
    return Wrappers.call(
        escrow,
        abi.settle(
            DealStructs.of(terms.head()),
            siblings(terms, leg),
            number(leg),
            DealStructs.of(terms.legs().get(leg)),
            DealStructs.of(division),
            clientSignature,
            payeeSignature));
  }

  /**
   * Rates the other side of a leg that closed.
   *
   * @param byClient whether the client rates the payee last at work, or that payee the client
   * @param rating 0 to 100
   * @param signature that side's, of {@link DealTypedData#rate}
   */
  public ChainCall rate(DealTerms terms, int leg, boolean byClient, int rating, byte[] signature) {
    return Wrappers.call(
        escrow,
        abi.rate(
            DealStructs.of(terms.head()),
            siblings(terms, leg),
            number(leg),
            DealStructs.of(terms.legs().get(leg)),
            byClient,
            number(rating),
            signature));
  }

  /**
   * Adds to an account's credit, which bonds and deals are paid from.
   *
   * @param amount atomic units
   * @param funding not by credit; its nonce or witness is {@link DealTypedData#deposit}, and by
   *     allowance the account sends it itself
   */
  public ChainCall deposit(
      EvmAddress token, EvmAddress account, BigInteger amount, Hash32 salt, Funding funding) {
    return Wrappers.call(
        escrow,
        abi.deposit(token.hex(), account.hex(), amount, salt.bytes(), FundingData.of(funding)));
  }

  /** Sends the caller's whole credit in a token to any address. */
  public ChainCall withdraw(EvmAddress token, EvmAddress to) {
    return Wrappers.call(escrow, abi.withdraw(token.hex(), to.hex()));
  }

  private static List<byte[]> siblings(DealTerms terms, int leg) {
    return DealStructs.bytes(DealTypedData.siblings(terms, leg));
  }
}
