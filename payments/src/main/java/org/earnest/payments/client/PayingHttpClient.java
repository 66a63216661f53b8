package org.earnest.payments.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.core.chain.EvmSigner;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.WireFormatException;
import tools.jackson.databind.JsonNode;

/**
 * The JDK's HTTP client, which answers 402 with a payment, once, within a policy. It follows no
 * redirect: a payment is only ever shown to the address that was asked for.
 */
public final class PayingHttpClient {
  private static final int PAYMENT_REQUIRED = 402;
  private static final int FIRST_REDIRECT = 300;

  private final HttpClient http;
  private final PaymentSigner signer;
  private final SpendingPolicy policy;

  private PayingHttpClient(HttpClient http, PaymentSigner signer, SpendingPolicy policy) {
    this.http = http;
    this.signer = signer;
    this.policy = policy;
  }

  /**
   * Makes a client pay.
   *
   * @param http must not follow redirects, as it would carry the payment along
   * @param signer of the account that pays
   * @throws IllegalArgumentException when {@code http} follows redirects
   */
  public static PayingHttpClient wrap(HttpClient http, EvmSigner signer, SpendingPolicy policy) {
    return wrap(http, signer, policy, InstantSource.system());
  }

  /** The same by another clock, such as the chain's. */
  public static PayingHttpClient wrap(
      HttpClient http, EvmSigner signer, SpendingPolicy policy, InstantSource clock) {
    if (http.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException(
          "a paying client must not follow redirects: build the HttpClient with Redirect.NEVER");
    }
    return new PayingHttpClient(http, new PaymentSigner(signer, clock), policy);
  }

  /**
   * Sends a request, and once more with a payment if one is asked for and the policy allows it.
   *
   * @param request its body publisher must be able to publish twice
   */
  public <T> Exchange<T> send(HttpRequest request, HttpResponse.BodyHandler<T> bodies)
      throws IOException, InterruptedException {
    requireUnpaid(request);
    HttpResponse<T> first = http.send(request, bodies);
    if (first.statusCode() != PAYMENT_REQUIRED) {
      return new Exchange.Free<>(first);
    }
    Optional<PaymentRequired> required =
        header(first, PaymentHeaders.PAYMENT_REQUIRED, PaymentRequired::parse);
    if (required.isEmpty()) {
      return new Exchange.Declined<>(
          first,
          "malformed_payment_required",
          "the server asks for a payment without one readable PAYMENT-REQUIRED header");
    }
    return switch (policy.choose(request.uri(), required.get())) {
      case Choice.Decline decline ->
          new Exchange.Declined<>(first, decline.code(), decline.detail());
      case Choice.Pay pay -> show(request, bodies, sign(required.get(), pay));
    };
  }

  /**
   * Sends a request with a payment made before: for an answer that got lost. It buys nothing twice.
   *
   * @throws IllegalArgumentException when the policy does not allow payments to this address
   */
  public <T> Exchange<T> resend(
      HttpRequest request, PaymentPayload payment, HttpResponse.BodyHandler<T> bodies)
      throws IOException, InterruptedException {
    requireUnpaid(request);
    if (!policy.allows(request.uri())) {
      throw new IllegalArgumentException("the policy does not allow paying at this address");
    }
    return show(request, bodies, payment);
  }

  private PaymentPayload sign(PaymentRequired required, Choice.Pay pay) {
    return PaymentPayload.of(
        required, pay.offer(), signer.sign(pay.terms(), policy.lifetime(pay.terms())).toJson());
  }

  private <T> Exchange<T> show(
      HttpRequest request, HttpResponse.BodyHandler<T> bodies, PaymentPayload payment)
      throws IOException, InterruptedException {
    HttpRequest paid =
        HttpRequest.newBuilder(request, (name, value) -> true)
            .setHeader(PaymentHeaders.PAYMENT_SIGNATURE, PaymentHeaders.encode(payment))
            .build();
    HttpResponse<T> response = http.send(paid, bodies);
    Optional<SettleResponse> settlement =
        header(response, PaymentHeaders.PAYMENT_RESPONSE, SettleResponse::parse);
    boolean served =
        response.statusCode() < FIRST_REDIRECT
            && settlement.filter(SettleResponse::success).isPresent();
    return served
        ? new Exchange.Paid<>(response, payment, settlement.orElseThrow())
        : new Exchange.NotTaken<>(response, payment, settlement);
  }

  private static void requireUnpaid(HttpRequest request) {
    if (request.headers().firstValue(PaymentHeaders.PAYMENT_SIGNATURE).isPresent()) {
      throw new IllegalArgumentException("the request carries a payment already");
    }
  }

  /** Empty for none, for several, and for one that cannot be read. */
  private static <T> Optional<T> header(
      HttpResponse<?> response, String name, Function<JsonNode, T> parser) {
    List<String> values = response.headers().allValues(name);
    if (values.size() != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(PaymentHeaders.decode(values.getFirst(), parser));
    } catch (WireFormatException malformed) {
      return Optional.empty();
    }
  }
}
