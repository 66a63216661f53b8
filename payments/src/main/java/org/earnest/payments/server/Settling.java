package org.earnest.payments.server;

/**
 * When a route takes its money, and when it lets its answer go.
 *
 * @param release what must be sure of a settlement before the answer goes
 */
public record Settling(Flow flow, Release release) {
  /** What comes first. By x402's {@code extra.paymentFlow}. */
  public enum Flow {
    /** Verify, make the answer, settle: a handler that fails charges nothing. */
    AUTHORIZATION,

    /**
     * Settle, then make the answer: for answers that are dear to make. One whose handler fails has
     * paid, and is served for the same payment later.
     */
    UPFRONT,

    /**
     * Into escrow, then make the answer, and capture later: scheme {@code auth-capture} alone. One
     * whose handler fails has paid into escrow, and is served for the same payment later.
     */
    ESCROW
  }

  /** The answer is made first, and goes once it is settled. */
  public static final Settling DEFAULT = new Settling(Flow.AUTHORIZATION, Release.SETTLED);

  /** The money comes first. */
  public static final Settling UPFRONT = new Settling(Flow.UPFRONT, Release.SETTLED);

  /** The money waits in escrow until the buyer can no longer dispute it. */
  public static final Settling ESCROW = new Settling(Flow.ESCROW, Release.SETTLED);

  /** The same with another rule for letting the answer go. */
  public Settling releasing(Release rule) {
    return new Settling(flow, rule);
  }
}
