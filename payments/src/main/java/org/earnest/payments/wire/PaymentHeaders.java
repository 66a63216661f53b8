package org.earnest.payments.wire;

import java.util.Base64;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The HTTP headers of x402: base64 (standard alphabet, padded) of a JSON object. */
public final class PaymentHeaders {
  public static final int X402_VERSION = 2;

  /** Server to client with 402: a {@link PaymentRequired}. */
  public static final String PAYMENT_REQUIRED = "PAYMENT-REQUIRED";

  /** Client to server: a {@link PaymentPayload}. */
  public static final String PAYMENT_SIGNATURE = "PAYMENT-SIGNATURE";

  /** Server to client after settlement, failed or not: a {@link SettleResponse}. */
  public static final String PAYMENT_RESPONSE = "PAYMENT-RESPONSE";

  /** Client to server in version 1: a {@link PaymentPayloadV1}. */
  public static final String V1_PAYMENT = "X-PAYMENT";

  /** Server to client in version 1: a {@link SettleResponse} whose network is a name. */
  public static final String V1_PAYMENT_RESPONSE = "X-PAYMENT-RESPONSE";

  /** The longest header value read, in characters; Jetty refuses longer requests by itself. */
  public static final int MAX_CHARS = 16 * 1024;

  private static final int BASE64_GROUP = 4;

  private PaymentHeaders() {}

  public static String encode(WireObject object) {
    return Base64.getEncoder().encodeToString(WireJson.write(object));
  }

  /**
   * A header's value as {@link PaymentRequired#parse}, {@link PaymentPayload#parse} or {@link
   * SettleResponse#parse} reads it.
   *
   * @throws WireFormatException when it is too long, not base64, or not that object
   */
  public static <T> T decode(String header, Function<JsonNode, T> parser) {
    if (header.length() > MAX_CHARS) {
      throw new WireFormatException("the header is longer than " + MAX_CHARS + " characters");
    }
    if (header.isEmpty() || header.length() % BASE64_GROUP != 0) {
      throw new WireFormatException("the header is not padded base64");
    }
    byte[] json;
    try {
      json = Base64.getDecoder().decode(header);
    } catch (IllegalArgumentException refused) {
      throw new WireFormatException("the header is not base64", refused);
    }
    return parser.apply(WireJson.read(json));
  }
}
