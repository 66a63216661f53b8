package org.earnest.payments.wire;

import java.math.BigInteger;
import java.util.Locale;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The payload of scheme {@code exact} on EVM chains by EIP-3009.
 *
 * @param signature prefixed hexadecimal, lower case: 65 bytes of an account without code, any of a
 *     contract's (ERC-1271)
 */
public record ExactEvmPayload(String signature, TransferWithAuthorization authorization) {
  /** The longest signature read, in bytes. */
  public static final int MAX_SIGNATURE_BYTES = 4096;

  public ExactEvmPayload {
    int bytes = bytes(signature);
    if (bytes == 0 || bytes > MAX_SIGNATURE_BYTES) {
      throw new WireFormatException(
          "payload.signature must be 1 to " + MAX_SIGNATURE_BYTES + " bytes of hexadecimal");
    }
    signature = signature.toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link PaymentPayload#payload()}.
   *
   * @throws WireFormatException when it is not of this form
   */
  public static ExactEvmPayload parse(JsonNode json) {
    Members payload = Members.of("payload", json);
    Members authorization = Members.of("authorization", payload.required("authorization"));
    return new ExactEvmPayload(
        payload.text("signature"),
        new TransferWithAuthorization(
            address(authorization, "from"),
            address(authorization, "to"),
            authorization.uint("value"),
            authorization.uint("validAfter"),
            authorization.uint("validBefore"),
            nonce(authorization)));
  }

  static int bytes(String hex) {
    try {
      return Hex.decode(hex).length;
    } catch (IllegalArgumentException refused) {
      return 0;
    }
  }

  private static EvmAddress address(Members members, String name) {
    try {
      return new EvmAddress(members.text(name));
    } catch (IllegalArgumentException refused) {
      throw new WireFormatException("authorization." + name + " must be an EVM address", refused);
    }
  }

  private static Hash32 nonce(Members members) {
    try {
      return new Hash32(members.text("nonce"));
    } catch (IllegalArgumentException refused) {
      throw new WireFormatException("authorization.nonce must be 32 bytes", refused);
    }
  }

  public ObjectNode toJson() {
    ObjectNode json = WireJson.object().put("signature", signature);
    json.putObject("authorization")
        .put("from", authorization.from().hex())
        .put("to", authorization.to().hex())
        .put("value", decimal(authorization.value()))
        .put("validAfter", decimal(authorization.validAfter()))
        .put("validBefore", decimal(authorization.validBefore()))
        .put("nonce", authorization.nonce().hex());
    return json;
  }

  private static String decimal(BigInteger value) {
    return value.toString();
  }
}
