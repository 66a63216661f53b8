package org.earnest.bindings.call;

import static org.earnest.bindings.call.DealStructs.number;

import java.util.List;
import org.earnest.bindings.contract.DealEscrow;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;

/**
 * The escrow's verbs. Where a signature is asked for, none (no bytes) means that the party sends
 * the transaction itself. Legs are counted from 0.
 */
public final class DealEscrowCalls {
  /** What {@code accept} takes for a rating when there is none. */
  public static final int NO_RATING = 255;

  private final EvmAddress escrow;
  private final DealEscrow abi;

  public DealEscrowCalls(EvmAddress escrow) {
    this.escrow = escrow;
    this.abi = Wrappers.dealEscrow(escrow);
  }

  /**
   * Opens and funds a deal.
   *
   * @param payeeSignatures of the deal's id, one per leg; a payee of consecutive legs signs the
   *     first and leaves the others empty
   */
  public ChainCall open(DealTerms terms, List<byte[]> payeeSignatures, Funding funding) {
    return Wrappers.call(
        escrow,
        abi.open(
            DealStructs.of(terms.head()),
            DealStructs.legs(terms),
            payeeSignatures,
            List.of(),
            FundingData.of(funding)));
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

  /** Accepts every leg that is delivered and skips the others; by the client itself. */
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

  /** Sends the caller's whole credit in a token to any address. */
  public ChainCall withdraw(EvmAddress token, EvmAddress to) {
    return Wrappers.call(escrow, abi.withdraw(token.hex(), to.hex()));
  }

  private static List<byte[]> siblings(DealTerms terms, int leg) {
    return DealStructs.bytes(DealTypedData.siblings(terms, leg));
  }
}
