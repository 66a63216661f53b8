package org.earnest.escrow.decide;

import org.earnest.core.chain.Hash32;

/** What somebody wants done to a leg. */
public sealed interface LegVerb {
  /** Lower case, as in paths and keys. */
  String name();

  /**
   * The payee hands over.
   *
   * @param deliverable hash of what is delivered
   * @param uri where it is
   */
  record Deliver(Hash32 deliverable, String uri, Signature signature) implements LegVerb {
    public static final int MAX_URI_LENGTH = 2048;

    public Deliver {
      if (uri.length() > MAX_URI_LENGTH) {
        throw new IllegalArgumentException(
            "a deliverable's URI has at most " + MAX_URI_LENGTH + " characters");
      }
      if (uri.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("a deliverable's URI has no control characters");
      }
    }

    @Override
    public String name() {
      return "deliver";
    }
  }

  /**
   * The client accepts, which pays the payee.
   *
   * @param rating 0 to 100; 255 for none
   */
  record Accept(int rating, Signature signature) implements LegVerb {
    @Override
    public String name() {
      return "accept";
    }
  }

  /** Anybody applies what time has decided. */
  record Lapse() implements LegVerb {
    @Override
    public String name() {
      return "lapse";
    }
  }
}
