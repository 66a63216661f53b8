package org.earnest.payments.server;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.WireFormatException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The extension {@code payment-identifier}: a buyer's own name for one purchase. */
final class PaymentIdentifier {
  static final String NAME = "payment-identifier";

  private static final int MIN_CHARS = 16;
  private static final int MAX_CHARS = 128;
  private static final String CHARACTERS = "^[a-zA-Z0-9_-]+$";
  private static final Pattern ID =
      Pattern.compile("[a-zA-Z0-9_-]{%d,%d}".formatted(MIN_CHARS, MAX_CHARS));

  private PaymentIdentifier() {}

  /** What a 402 says of it: that a buyer may use one. */
  static ObjectNode declaration() {
    ObjectNode extension = JsonNodeFactory.instance.objectNode();
    extension.putObject("info").put("required", false);
    ObjectNode schema =
        extension
            .putObject("schema")
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("required").put("type", "boolean");
    properties
        .putObject("id")
        .put("type", "string")
        .put("minLength", MIN_CHARS)
        .put("maxLength", MAX_CHARS)
        .put("pattern", CHARACTERS);
    schema.putArray("required").add("required");
    return extension;
  }

  /**
   * The name that a payment gives itself, for its payer alone.
   *
   * @throws WireFormatException when there is something else in its place
   */
  static Optional<Hash32> of(PaymentPayload payment, EvmAddress payer) {
    JsonNode id = payment.extensions().path(NAME).path("info").path("id");
    if (id.isMissingNode() || id.isNull()) {
      return Optional.empty();
    }
    if (!id.isString() || !ID.matcher(id.stringValue()).matches()) {
      throw new WireFormatException(
          "a payment identifier has %d to %d letters, digits, - and _"
              .formatted(MIN_CHARS, MAX_CHARS));
    }
    String scoped = payer.hex() + "\n" + id.stringValue();
    return Optional.of(Keccak256.hash(scoped.getBytes(StandardCharsets.UTF_8)));
  }
}
