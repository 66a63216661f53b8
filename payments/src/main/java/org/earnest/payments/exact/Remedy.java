package org.earnest.payments.exact;

/** What a buyer can do about a payment that was not taken. */
public enum Remedy {
  SIGN_ANEW("Sign a new payment for an offer in PAYMENT-REQUIRED."),
  CHOOSE_ANEW("Pay for one of the offers in PAYMENT-REQUIRED."),
  SIGN_ANEW_LATER("This one can be used until its validBefore: sign a new one after that."),
  APPROVE(
      "Let the payer's account approve Permit2 for the token once, then send the same payment"
          + " again."),
  FUND("Fund the payer's account, then send the same payment again."),
  ASK_AGAIN("Send the same payment again; do not sign another one."),
  ASK_THE_SELLER("The offer itself cannot be paid here: tell the seller."),

  /** It may have moved money already: another one could be the second. */
  ASK_WHAT_MOVED("Money may have moved: sign no other one, and show the seller this one.");

  private final String sentence;

  Remedy(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
