package org.earnest.payments.edge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.earnest.kit.http.Problem;
import org.earnest.kit.json.StrictJson;
import org.earnest.payments.exact.Remedy;
import org.earnest.payments.server.Answer;
import org.earnest.payments.server.Refusal;
import org.earnest.payments.server.Sale;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentRequiredV1;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.X402Version;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a buyer is answered over HTTP, whatever carries it. A 402 speaks both versions at once:
 * version 2 in its header, version 1 in members of its body. What became of a payment is said in
 * the version in which it was made.
 */
final class Reply {
  private static final String CACHE_CONTROL = "Cache-Control";
  private static final int FAILED = 500;
  private static final int UNAVAILABLE = 503;
  private static final int BAD_REQUEST = 400;
  private static final int PAYMENT_REQUIRED = 402;
  private static final int BODY_TOO_LARGE = 413;

  /** By what else than its address an answer differs, so that no cache mixes buyers up. */
  private static final String VARY =
      String.join(", ", PaymentHeaders.PAYMENT_SIGNATURE, PaymentHeaders.V1_PAYMENT);

  /** What a page of another origin may read, where it may read anything. */
  private static final String EXPOSED =
      String.join(
          ", ",
          PaymentHeaders.PAYMENT_REQUIRED,
          PaymentHeaders.PAYMENT_RESPONSE,
          PaymentHeaders.V1_PAYMENT_RESPONSE);

  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Optional<String> contentType;
  private final byte[] body;

  private Reply(int status, Optional<String> contentType, byte[] body) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    headers.put("Vary", VARY);
    headers.put("Access-Control-Expose-Headers", EXPOSED);
  }

  /**
   * What a sale means to a buyer.
   *
   * @param spoken the version of the payment
   * @param traceId for the problem, where it is one and the carrier has traces
   */
  static Reply of(Sale sale, X402Version spoken, Optional<String> traceId) {
    return switch (sale) {
      case Sale.Served served ->
          of(served.answer())
              .with(CACHE_CONTROL, "private")
              .with(spoken.responseHeader(), settlement(spoken, served.settlement()));
      case Sale.NotCharged free -> of(free.answer()).with(CACHE_CONTROL, "private");
      case Sale.PaymentNeeded needed -> needed(needed, spoken, traceId);
      case Sale.Refused refused ->
          problem(json(refused.status(), refused.refusal(), traceId), refused.status());
    };
  }

  /** What nobody tried to pay for. */
  static Reply of(Sale.Refused refused) {
    return of(refused, X402Version.V2, Optional.empty());
  }

  static Reply bodyTooLarge(int mostBytes) {
    return of(
        new Sale.Refused(
            BODY_TOO_LARGE,
            new Refusal(
                "body_too_large",
                "The request's body is longer than %d bytes; nothing was charged."
                    .formatted(mostBytes),
                false)));
  }

  static Reply addressMalformed() {
    return of(
        new Sale.Refused(
            BAD_REQUEST,
            new Refusal(
                "address_malformed",
                "The request's address is no URI (RFC 3986); nothing was charged. Encode it.",
                false)));
  }

  /** What is sold threw instead of answering. */
  static Reply unanswered() {
    return again(FAILED, "answer_failed", "What is sold here failed.");
  }

  /** The server has a bug, or what it needs is away. */
  static Reply failed() {
    return again(FAILED, "sale_failed", "The server failed; what was paid is never taken twice.");
  }

  static Reply interrupted() {
    return again(
        UNAVAILABLE,
        "sale_interrupted",
        "The server is being stopped; what was paid is never taken twice.");
  }

  private static Reply again(int status, String code, String what) {
    String detail = what + " " + Remedy.ASK_AGAIN.sentence();
    return of(new Sale.Refused(status, new Refusal(code, detail, true)));
  }

  private static Reply needed(
      Sale.PaymentNeeded needed, X402Version spoken, Optional<String> traceId) {
    ObjectNode body = json(PAYMENT_REQUIRED, needed.refusal(), traceId);
    PaymentRequiredV1.of(needed.required()).ifPresent(v1 -> body.setAll(v1.toJson()));
    Reply reply =
        problem(body, PAYMENT_REQUIRED)
            .with(PaymentHeaders.PAYMENT_REQUIRED, PaymentHeaders.encode(needed.required()));
    needed
        .settlement()
        .ifPresent(failed -> reply.with(spoken.responseHeader(), settlement(spoken, failed)));
    return reply;
  }

  private static String settlement(X402Version spoken, SettleResponse settlement) {
    return PaymentHeaders.encode(
        switch (spoken) {
          case V1 -> settlement.toV1();
          case V2 -> settlement;
        });
  }

  private static Reply of(Answer answer) {
    return new Reply(answer.status(), answer.contentType(), answer.body());
  }

  private static Reply problem(ObjectNode body, int status) {
    return new Reply(status, Optional.of(Problem.CONTENT_TYPE), StrictJson.write(body))
        .with(CACHE_CONTROL, "no-store");
  }

  private static ObjectNode json(int status, Refusal refusal, Optional<String> traceId) {
    String title = status == PAYMENT_REQUIRED ? "Payment required" : "The payment was not taken";
    Problem plain = Problem.of(status, refusal.code(), title, refusal.detail());
    Problem traced = traceId.map(plain::traced).orElse(plain);
    return StrictJson.mapper().valueToTree(refusal.retryable() ? traced.retry() : traced);
  }

  private Reply with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** The same as something that was made for a buyer. */
  Answer answer() {
    return new Answer(status, contentType, body);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  Optional<String> contentType() {
    return contentType;
  }

  byte[] body() {
    return body;
  }
}
