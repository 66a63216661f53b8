package org.earnest.payments.wire;

import java.util.Locale;
import java.util.Optional;
import org.earnest.bindings.eip712.Permit2Payment;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The payload of {@code exact} and {@code upto} on EVM chains by Permit2.
 *
 * @param signature prefixed hexadecimal, lower case
 * @param spender whom the payload names; only the method's proxy makes a good signature
 */
public record Permit2Payload(String signature, Permit2Payment authorization, EvmAddress spender) {
  /** The member that tells it from an EIP-3009 payload. */
  public static final String AUTHORIZATION = "permit2Authorization";

  public Permit2Payload {
    signature = signature.toLowerCase(Locale.ROOT);
    int bytes = ExactEvmPayload.bytes(signature);
    if (bytes == 0 || bytes > ExactEvmPayload.MAX_SIGNATURE_BYTES) {
      throw new WireFormatException(
          "payload.signature must be 1 to %d bytes of hexadecimal"
              .formatted(ExactEvmPayload.MAX_SIGNATURE_BYTES));
    }
  }

  /**
   * Reads {@link PaymentPayload#payload()}.
   *
   * @throws WireFormatException when it is not of this form
   */
  public static Permit2Payload parse(JsonNode json) {
    Members payload = Members.of("payload", json);
    Members authorization = Members.of(AUTHORIZATION, payload.required(AUTHORIZATION));
    Members permitted = Members.of("permitted", authorization.required("permitted"));
    Members witness = Members.of("witness", authorization.required("witness"));
    return new Permit2Payload(
        payload.text("signature"),
        new Permit2Payment(
            address(authorization.text("from"), "from"),
            address(permitted.text("token"), "permitted.token"),
            permitted.uint("amount"),
            authorization.uint("nonce"),
            authorization.uint("deadline"),
            address(witness.text("to"), "witness.to"),
            witness.optionalText("facilitator").map(who -> address(who, "witness.facilitator")),
            witness.uint("validAfter")),
        address(authorization.text("spender"), "spender"));
  }

  private static EvmAddress address(String text, String name) {
    try {
      return new EvmAddress(text);
    } catch (IllegalArgumentException refused) {
      throw new WireFormatException(
          AUTHORIZATION + "." + name + " must be an EVM address", refused);
    }
  }

  /** The nonce as the key of a payment has it. */
  public Hash32 nonce() {
    return new Hash32("0x%064x".formatted(authorization.nonce()));
  }

  public byte[] signatureBytes() {
    return Hex.decode(signature);
  }

  public ObjectNode toJson() {
    ObjectNode json = WireJson.object().put("signature", signature);
    ObjectNode signed = json.putObject(AUTHORIZATION);
    signed
        .putObject("permitted")
        .put("token", authorization.token().hex())
        .put("amount", authorization.amount().toString());
    signed
        .put("from", authorization.from().hex())
        .put("spender", spender.hex())
        .put("nonce", authorization.nonce().toString())
        .put("deadline", authorization.deadline().toString());
    ObjectNode witness = signed.putObject("witness").put("to", authorization.to().hex());
    authorization.facilitator().ifPresent(who -> witness.put("facilitator", who.hex()));
    witness.put("validAfter", authorization.validAfter().toString());
    return json;
  }

  /** Signed by this one; the spender is the method's proxy. */
  public static Permit2Payload of(Permit2Payment authorization, byte[] signature) {
    return new Permit2Payload(Hex.encode(signature), authorization, authorization.proxy());
  }

  /** Who alone may settle it, in scheme {@code upto}. */
  public Optional<EvmAddress> facilitator() {
    return authorization.facilitator();
  }
}
