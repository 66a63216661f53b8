package org.earnest.payments.client;

import java.util.Locale;

/** Why a policy does not let a payment be made, and what its owner can do. */
enum Objection {
  ORIGIN_NOT_ALLOWED("Allow the origin with SpendingPolicy.at, if you trust it."),
  RESOURCE_MISMATCH("The server names another host than you asked: ask that one, or tell it."),
  SIGNED_OFFER_DIFFERS(
      "The seller has signed another price, payee or resource than it asks: tell it."),
  OFFER_NOT_SIGNED(
      "Ask the seller to sign its offers by a key of its DID, or pay without asking for that."),
  NETWORK_NOT_ALLOWED("Name a token on that chain in SpendingPolicy.upTo, if you mean to use it."),
  ASSET_NOT_ALLOWED("Name the token in SpendingPolicy.upTo, if you mean to spend it."),
  CHANNELS_NOT_ALLOWED(
      "Allow deposits into channels with SpendingPolicy.throughChannels, if you will call often."),
  OPERATOR_NOT_ALLOWED(
      "Name the escrow's operator in SpendingPolicy.intoEscrowOf, if you trust its code."),
  ESCROWED_TOO_LONG("Ask the seller to capture sooner: money waits in escrow for 90 days at most."),
  PAYEE_NOT_ALLOWED("Name the account in SpendingPolicy.to, if it is the seller's."),
  PRICE_ABOVE_CAP("Raise the cap in SpendingPolicy.upTo, if it is worth that."),
  HOST_CAP_REACHED("Wait until a day has passed, or raise SpendingPolicy.perHost."),
  DAY_CAP_REACHED("Wait until a day has passed, or raise SpendingPolicy.perDay."),
  PRICE_NOT_AS_ADVERTISED(
      "Ask the seller; if the new price is right, name it in SpendingPolicy.advertised."),
  RAIL_SWITCHED(
      "It was paid in another token before; if the seller has changed, name the new price in"
          + " SpendingPolicy.advertised."),
  PAYEE_CHANGED(
      "Another account was paid before; if the seller has changed it, name it in SpendingPolicy.to."),
  PAID_ALREADY(
      "Show that payment again with PayingHttpClient.resend, or allow buying it again sooner with"
          + " SpendingPolicy.repeatingAfter."),
  PAYMENT_IN_FLIGHT(
      "Wait for the other payment to this route, or allow more at once with"
          + " SpendingPolicy.atOnce."),
  NO_ACCEPTABLE_OFFER("Ask the seller for another way to pay, or widen the policy."),
  MALFORMED_PAYMENT_REQUIRED("Tell the seller; earnest x402 check says what is wrong.");

  private final String remedy;

  Objection(String remedy) {
    this.remedy = remedy;
  }

  /** Stable. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  Choice.Decline because(String what) {
    return new Choice.Decline(code(), what + ". " + remedy);
  }

  String remedy() {
    return remedy;
  }
}
