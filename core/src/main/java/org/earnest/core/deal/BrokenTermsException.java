package org.earnest.core.deal;

/** Terms that the escrow would refuse. */
public final class BrokenTermsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient BrokenRule rule;

  public BrokenTermsException(BrokenRule rule) {
    super(rule.error() + ": " + rule.detail());
    this.rule = rule;
  }

  public BrokenRule rule() {
    return rule;
  }
}
