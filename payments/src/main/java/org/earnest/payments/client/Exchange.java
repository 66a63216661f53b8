package org.earnest.payments.client;

import java.net.http.HttpResponse;
import java.util.Optional;
import org.earnest.payments.wire.SettleResponse;

/** What became of a request that might have cost something. */
public sealed interface Exchange<T> {
  /** The last response. */
  HttpResponse<T> response();

  /** Nothing was asked for it. */
  record Free<T>(HttpResponse<T> response) implements Exchange<T> {}

  /**
   * Paid and served.
   *
   * @param payment to be sent again by {@link PayingHttpClient#resend}, if the answer got lost
   * @param receipt what the seller's receipt in the settlement is worth
   */
  record Paid<T>(
      HttpResponse<T> response,
      SignedPayment payment,
      SettleResponse settlement,
      ReceiptStanding receipt)
      implements Exchange<T> {}

  /**
   * The policy did not allow it; nothing was signed.
   *
   * @param code stable: {@code origin_not_allowed}, {@code resource_mismatch}, {@code
   *     network_not_allowed}, {@code asset_not_allowed}, {@code payee_not_allowed}, {@code
   *     channels_not_allowed}, {@code price_above_cap}, {@code host_cap_reached}, {@code
   *     day_cap_reached}, {@code price_not_as_advertised}, {@code rail_switched}, {@code
   *     payee_changed}, {@code paid_already}, {@code payment_in_flight}, {@code
   *     no_acceptable_offer}, {@code malformed_payment_required}, or why the only offer cannot be
   *     understood
   * @param detail for a person: what is wrong, and what to do
   */
  record Declined<T>(HttpResponse<T> response, String code, String detail) implements Exchange<T> {}

  /**
   * A payment was signed and shown, and not taken as far as is known. Until it expires the server
   * may still use it, so the same request shows this one again, and pays no other.
   *
   * @param settlement what the server says of it, if it says anything
   */
  record NotTaken<T>(
      HttpResponse<T> response, SignedPayment payment, Optional<SettleResponse> settlement)
      implements Exchange<T> {}
}
