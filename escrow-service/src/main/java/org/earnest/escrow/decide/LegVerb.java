package org.earnest.escrow.decide;

import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.Division;

/** What somebody wants done to a leg. */
public sealed interface LegVerb {
  /** Lower case, as in paths and keys; the same side's verb has the same name. */
  String name();

  /** Longest URI of a deliverable or evidence. */
  int MAX_URI_LENGTH = 2048;

  /**
   * The payee, and the standby if the leg names one, join a leg that was offered.
   *
   * @param standbySignature none where there is no standby
   */
  record Join(Signature payeeSignature, Signature standbySignature) implements LegVerb {
    @Override
    public String name() {
      return "join";
    }
  }

  /** The standby takes over. */
  record Substitute(Signature signature) implements LegVerb {
    @Override
    public String name() {
      return "substitute";
    }
  }

  /**
   * A side calls the arbiter.
   *
   * @param byClient whether the client does, or the payee at work
   * @param evidence hash of the evidence
   * @param uri where it is
   */
  record Dispute(boolean byClient, Hash32 evidence, String uri, Signature signature)
      implements LegVerb {
    public Dispute {
      requireUri(uri, "evidence");
    }

    @Override
    public String name() {
      return "dispute:" + side(byClient);
    }
  }

  /** Both sides end the leg as they agreed. */
  record Settle(Division division, Signature clientSignature, Signature payeeSignature)
      implements LegVerb {
    @Override
    public String name() {
      return "settle";
    }
  }

  /**
   * A side rates the other.
   *
   * @param rating 0 to 100
   */
  record Rate(boolean byClient, int rating, Signature signature) implements LegVerb {
    @Override
    public String name() {
      return "rate:" + side(byClient);
    }
  }

  /** How a side is named. */
  static String side(boolean byClient) {
    return byClient ? "client" : "payee";
  }

  private static void requireUri(String uri, String what) {
    if (uri.length() > MAX_URI_LENGTH) {
      throw new IllegalArgumentException(
          "a URI of %s has at most %d characters".formatted(what, MAX_URI_LENGTH));
    }
    if (uri.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a URI of %s has no control characters".formatted(what));
    }
  }

  /**
   * The payee hands over.
   *
   * @param deliverable hash of what is delivered
   * @param uri where it is
   */
  record Deliver(Hash32 deliverable, String uri, Signature signature) implements LegVerb {
    public Deliver {
      requireUri(uri, "a deliverable");
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
