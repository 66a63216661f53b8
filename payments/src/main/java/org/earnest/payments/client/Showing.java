package org.earnest.payments.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.EvmAddress;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.X402Version;

/** Shows a payment to the address that was asked for, and reads what became of it. */
final class Showing {
  private static final int FIRST_REDIRECT = 300;
  private static final int FIRST_REFUSAL = 400;
  private static final int FIRST_FAILURE = 500;

  private static final Set<String> USED =
      Set.of(
          Reason.NONCE_ALREADY_USED.code(),
          Reason.PERMIT2_INVALID_NONCE.code(),
          Reason.CAPTURE_ALREADY_COLLECTED.code());

  private final HttpClient http;
  private final EvmAddress payer;
  private final SpendingPolicy policy;

  /**
   * By one client.
   *
   * @param payer whom receipts have to name
   * @param policy says whose receipts count
   */
  Showing(HttpClient http, EvmAddress payer, SpendingPolicy policy) {
    this.http = http;
    this.payer = payer;
    this.policy = policy;
  }

  <T> Exchange<T> show(
      HttpRequest request, HttpResponse.BodyHandler<T> bodies, SignedPayment payment)
      throws IOException, InterruptedException {
    requireUnpaid(request);
    HttpRequest paid =
        HttpRequest.newBuilder(request, (name, value) -> true)
            .setHeader(payment.version().paymentHeader(), payment.header())
            .build();
    HttpResponse<T> response = http.send(paid, bodies);
    Optional<SettleResponse> settlement =
        Answer.header(response, payment.version().responseHeader(), SettleResponse::parse);
    boolean served =
        response.statusCode() < FIRST_REDIRECT
            && settlement.filter(SettleResponse::success).isPresent();
    return served
        ? paid(request, response, payment, settlement.orElseThrow())
        : new Exchange.NotTaken<>(response, payment, settlement);
  }

  private <T> Exchange<T> paid(
      HttpRequest request,
      HttpResponse<T> response,
      SignedPayment payment,
      SettleResponse settlement) {
    return new Exchange.Paid<>(
        response,
        payment,
        settlement,
        new SignedReceipt(settlement).standing(payer, policy.madeBySeller(request.uri())));
  }

  static void requireUnpaid(HttpRequest request) {
    for (X402Version version : X402Version.values()) {
      if (request.headers().firstValue(version.paymentHeader()).isPresent()) {
        throw new IllegalArgumentException("the request carries a payment already");
      }
    }
  }

  /** Whether the server will not serve for it, not now and not later. */
  static boolean isRefusal(Exchange.NotTaken<?> exchange) {
    int status = exchange.response().statusCode();
    return status >= FIRST_REFUSAL
        && status < FIRST_FAILURE
        && exchange.settlement().filter(SettleResponse::isPending).isEmpty();
  }

  /** Whether the money has moved, as the server says. */
  static boolean saysItWasUsed(Exchange.NotTaken<?> exchange) {
    Optional<String> reason =
        exchange
            .settlement()
            .flatMap(SettleResponse::errorReason)
            .or(
                () ->
                    Answer.header(
                            exchange.response(),
                            PaymentHeaders.PAYMENT_REQUIRED,
                            PaymentRequired::parse)
                        .flatMap(PaymentRequired::error));
    return reason.filter(USED::contains).isPresent();
  }
}
