package org.earnest.bindings.eip712;

import java.util.stream.Stream;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;

/**
 * What a panel's member says of a disputed leg.
 *
 * @param confidence in percent, 0 to 100; 0 to abstain
 * @param reason hash of the reason
 */
public record Vote(DealId deal, int leg, Stance stance, int confidence, Hash32 reason) {
  /** What is said of the payee's case. */
  public enum Stance {
    NONE(0),
    ENDORSE(1),
    CHALLENGE(2),
    ABSTAIN(3);

    private final int number;

    Stance(int number) {
      this.number = number;
    }

    /** The contract's number of it. */
    public int number() {
      return number;
    }

    /**
     * The stance of this number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Stance of(int number) {
      return Stream.of(values())
          .filter(stance -> stance.number == number)
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no stance has the number " + number));
    }
  }

  private static final Hash32 TYPE =
      Keccak256.hash("Vote(bytes32 dealId,uint8 leg,uint8 stance,uint8 confidence,bytes32 reason)");

  /**
   * What the member signs.
   *
   * @param panel the arbiter's contract
   */
  public Hash32 digest(Caip2ChainId chain, EvmAddress panel) {
    return domain(chain, panel).digest(structHash());
  }

  static Eip712Domain domain(Caip2ChainId chain, EvmAddress panel) {
    return new Eip712Domain("Earnest Panel", "1", chain, panel);
  }

  Hash32 structHash() {
    return Words.ofType(TYPE)
        .word(deal.digest())
        .uint(leg)
        .uint(stance.number())
        .uint(confidence)
        .word(reason)
        .hash();
  }
}
