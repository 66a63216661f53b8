package org.earnest.payments.client;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequiredV1;
import org.earnest.payments.wire.WireFormatException;
import org.earnest.payments.wire.WireJson;
import org.earnest.payments.wire.X402Version;
import tools.jackson.databind.JsonNode;

/**
 * What a server said to a request without a payment.
 *
 * @param body of a 402 without a version 2 header, as far as it was read
 */
record Answer<T>(HttpResponse<T> response, Optional<byte[]> body) {
  static final int PAYMENT_REQUIRED = 402;

  /** What it asks for. */
  record Asked(X402Version version, PaymentRequired required) {}

  boolean asksForPayment() {
    return response.statusCode() == PAYMENT_REQUIRED;
  }

  /** Empty where that cannot be read, or is said twice; version 2 counts where both are there. */
  Optional<Asked> asked() {
    if (!response.headers().allValues(PaymentHeaders.PAYMENT_REQUIRED).isEmpty()) {
      return header(response, PaymentHeaders.PAYMENT_REQUIRED, PaymentRequired::parse)
          .map(required -> new Asked(X402Version.V2, required));
    }
    try {
      return body.map(json -> PaymentRequiredV1.parse(WireJson.read(json)).toV2())
          .map(required -> new Asked(X402Version.V1, required));
    } catch (WireFormatException other) {
      return Optional.empty();
    }
  }

  /** Empty for none, for several, and for one that cannot be read. */
  static <T> Optional<T> header(
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
