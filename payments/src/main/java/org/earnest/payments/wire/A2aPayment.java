package org.earnest.payments.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the metadata of an Agent2Agent message says about paying (transports-v2, a2a): the server's
 * is in its task's {@code status.message}, the client's in the message that names the task.
 *
 * @param required with status {@link Status#REQUIRED}
 * @param payment with status {@link Status#SUBMITTED}
 * @param error a code, with status {@link Status#FAILED}
 * @param receipts what became of each attempt, the last one last
 * @param rest metadata that is not about paying
 */
public record A2aPayment(
    Status status,
    Optional<PaymentRequired> required,
    Optional<PaymentPayload> payment,
    Optional<String> error,
    List<SettleResponse> receipts,
    ObjectNode rest)
    implements WireObject {
  private static final String STATUS = "x402.payment.status";
  private static final String REQUIRED = "x402.payment.required";
  private static final String PAYLOAD = "x402.payment.payload";
  private static final String ERROR = "x402.payment.error";
  private static final String RECEIPTS = "x402.payment.receipts";
  private static final String METADATA = "metadata";

  /** How far a payment is. */
  public enum Status {
    REQUIRED("payment-required"),
    REJECTED("payment-rejected"),
    SUBMITTED("payment-submitted"),
    VERIFIED("payment-verified"),
    COMPLETED("payment-completed"),
    FAILED("payment-failed");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    private static Status parse(String text) {
      return Arrays.stream(values())
          .filter(status -> status.text.equals(text))
          .findFirst()
          .orElseThrow(() -> new WireFormatException(STATUS + " is none of those there are"));
    }
  }

  public A2aPayment {
    receipts = List.copyOf(receipts);
    rest = rest.deepCopy();
    if (status == Status.REQUIRED && required.isEmpty()) {
      throw new WireFormatException(REQUIRED + " is missing");
    }
    if (status == Status.SUBMITTED && payment.isEmpty()) {
      throw new WireFormatException(PAYLOAD + " is missing");
    }
  }

  /** The server's: pay first; its task is {@code input-required}. */
  public static A2aPayment required(PaymentRequired required) {
    return new A2aPayment(
        Status.REQUIRED,
        Optional.of(required),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        WireJson.object());
  }

  /** The client's: here it is. */
  public static A2aPayment submitted(PaymentPayload payment) {
    return new A2aPayment(
        Status.SUBMITTED,
        Optional.empty(),
        Optional.of(payment),
        Optional.empty(),
        List.of(),
        WireJson.object());
  }

  /** The client's: it will not pay. */
  public static A2aPayment rejected() {
    return ended(Status.REJECTED, Optional.empty(), List.of());
  }

  /** The server's: the payment is good, the work goes on. */
  public static A2aPayment verified() {
    return ended(Status.VERIFIED, Optional.empty(), List.of());
  }

  /** The server's: paid and done. */
  public static A2aPayment completed(List<SettleResponse> receipts) {
    return ended(Status.COMPLETED, Optional.empty(), receipts);
  }

  /** The server's: the payment failed; its task has, too. */
  public static A2aPayment failed(String error, List<SettleResponse> receipts) {
    return ended(Status.FAILED, Optional.of(error), receipts);
  }

  private static A2aPayment ended(
      Status status, Optional<String> error, List<SettleResponse> receipts) {
    return new A2aPayment(
        status, Optional.empty(), Optional.empty(), error, receipts, WireJson.object());
  }

  /**
   * Of a task; empty when its message is not about paying.
   *
   * @throws WireFormatException when it is, in words that cannot be read
   */
  public static Optional<A2aPayment> ofTask(ObjectNode task) {
    return of(task.path("status").path("message"));
  }

  /** Of a message; empty when it is not about paying. */
  public static Optional<A2aPayment> ofMessage(ObjectNode message) {
    return of(message);
  }

  private static Optional<A2aPayment> of(JsonNode message) {
    return Optional.of(message.path(METADATA))
        .filter(metadata -> metadata.has(STATUS))
        .map(A2aPayment::parse);
  }

  /** Of a message's metadata. */
  public static A2aPayment parse(JsonNode metadata) {
    Members members = Members.of(METADATA, metadata);
    return new A2aPayment(
        Status.parse(members.text(STATUS)),
        members.optional(REQUIRED).map(PaymentRequired::parse),
        members.optional(PAYLOAD).map(PaymentPayload::parse),
        members.optionalText(ERROR),
        members.list(RECEIPTS).stream().map(SettleResponse::parse).toList(),
        members.rest());
  }

  /** The metadata. */
  @Override
  public ObjectNode toJson() {
    ObjectNode json = WireJson.object().put(STATUS, status.text);
    required.ifPresent(asked -> json.set(REQUIRED, asked.toJson()));
    payment.ifPresent(paid -> json.set(PAYLOAD, paid.toJson()));
    error.ifPresent(code -> json.put(ERROR, code));
    if (!receipts.isEmpty()) {
      ArrayNode list = json.putArray(RECEIPTS);
      receipts.forEach(receipt -> list.add(receipt.toJson()));
    }
    return json.setAll(rest);
  }
}
