package org.earnest.payments.permit2;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earnest.bindings.eip712.Permit;
import org.earnest.bindings.eip712.Permit2Payment;
import org.earnest.bindings.eip712.Permit2Transfer;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.exact.StaticChecks;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.SupportedResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The extension {@code eip2612GasSponsoring}: a payer that has not approved Permit2 signs a permit
 * for it, which the facilitator brings on chain with the payment, so that the payer needs no gas.
 *
 * @param asset the token
 * @param signature the payer's over the permit, 65 bytes as prefixed hexadecimal
 */
public record SponsoredPermit(EvmAddress asset, Permit permit, String signature) {
  public static final String NAME = "eip2612GasSponsoring";

  /** Member of ours in {@code /supported}. */
  private static final String TOKENS = "eip2612Assets";

  private static final String VERSION = "1";
  private static final String DESCRIPTION =
      "The facilitator accepts EIP-2612 gasless Permit to `Permit2` canonical contract.";
  private static final String ADDRESS = "^0x[a-fA-F0-9]{40}$";
  private static final String NUMBER = "^[0-9]+$";
  private static final String HEX = "^0x[a-fA-F0-9]+$";
  private static final String VERSIONS = "^[0-9]+(\\.[0-9]+)*$";
  private static final Pattern UINT256 = Pattern.compile("[0-9]{1,78}");
  private static final Pattern SIGNATURE = Pattern.compile("0x[a-fA-F0-9]{130}");

  /** What a 402 says of it: that a permit is taken. */
  public static ObjectNode declaration() {
    ObjectNode extension = JsonNodeFactory.instance.objectNode();
    extension.putObject("info").put("description", DESCRIPTION).put("version", VERSION);
    ObjectNode schema =
        extension
            .putObject("schema")
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    var required = schema.putArray("required");
    String[][] members = {
      {"from", ADDRESS},
      {"asset", ADDRESS},
      {"spender", ADDRESS},
      {"amount", NUMBER},
      {"nonce", NUMBER},
      {"deadline", NUMBER},
      {"signature", HEX},
      {"version", VERSIONS}
    };
    for (String[] member : members) {
      properties.putObject(member[0]).put("type", "string").put("pattern", member[1]);
      required.add(member[0]);
    }
    return extension;
  }

  /** What a facilitator says where it brings the permits of these tokens on chain. */
  public static SupportedResponse supported(SupportedResponse told, List<Caip19AssetId> tokens) {
    if (tokens.isEmpty()) {
      return told;
    }
    ObjectNode rest = told.rest().deepCopy();
    tokens.stream().map(Caip19AssetId::toString).sorted().forEach(rest.putArray(TOKENS)::add);
    return told.extended(NAME).with(rest);
  }

  /**
   * Whether a facilitator says that it brings permits of this token on chain. One that names no
   * tokens, as others than ours do, means all that it serves.
   */
  public static boolean isSupported(SupportedResponse told, Caip19AssetId token) {
    JsonNode named = told.rest().path(TOKENS);
    return told.extensions().contains(NAME)
        && (!named.isArray()
            || named.valueStream().anyMatch(one -> one.asString("").equals(token.toString())));
  }

  /** Whether a 402 takes permits. */
  public static boolean isDeclared(ObjectNode extensions) {
    return extensions.path(NAME).isObject();
  }

  /** The permit of a payment; none where it only echoes that one is taken. */
  static Reading<Optional<SponsoredPermit>> of(PaymentPayload payment) {
    JsonNode info = payment.extensions().path(NAME).path("info");
    if (!info.hasNonNull("signature")) {
      return new Reading.Understood<>(Optional.empty());
    }
    try {
      Permit permit =
          new Permit(
              address(info, "from"),
              address(info, "spender"),
              number(info, "amount"),
              number(info, "nonce"),
              number(info, "deadline"));
      String signature = text(info, "signature");
      if (!SIGNATURE.matcher(signature).matches()) {
        throw new IllegalArgumentException("signature");
      }
      return new Reading.Understood<>(
          Optional.of(new SponsoredPermit(address(info, "asset"), permit, signature)));
    } catch (IllegalArgumentException malformed) {
      return Reading.refused(
          Reason.EIP2612_FORMAT, "a member of eip2612GasSponsoring is missing or not well-formed");
    }
  }

  /** The extensions of a 402 as the payer sends them back: all that was there, and the permit. */
  public ObjectNode addedTo(ObjectNode extensions) {
    ObjectNode all = extensions.deepCopy();
    ObjectNode extension = all.get(NAME) instanceof ObjectNode there ? there : all.putObject(NAME);
    ObjectNode info =
        extension.get("info") instanceof ObjectNode there ? there : extension.putObject("info");
    info.put("from", permit.owner().hex())
        .put("asset", asset.hex())
        .put("spender", permit.spender().hex())
        .put("amount", permit.value().toString())
        .put("nonce", permit.nonce().toString())
        .put("deadline", permit.deadline().toString())
        .put("signature", signature)
        .put("version", VERSION);
    return all;
  }

  /** Why it is no permit for this payment; empty where it is. */
  Optional<Reason> objection(Permit2Payment payment, Instant now) {
    if (!permit.owner().equals(payment.from())) {
      return Optional.of(Reason.EIP2612_FROM_MISMATCH);
    }
    if (!asset.equals(payment.token())) {
      return Optional.of(Reason.EIP2612_ASSET_MISMATCH);
    }
    if (!permit.spender().equals(Permit2Transfer.PERMIT2)) {
      return Optional.of(Reason.EIP2612_SPENDER);
    }
    if (permit.deadline().compareTo(second(now.plus(StaticChecks.MINING_TIME))) < 0) {
      return Optional.of(Reason.EIP2612_DEADLINE_EXPIRED);
    }
    // The proxy takes no other: what is permitted to Permit2 is what is paid.
    return permit.value().equals(payment.amount())
        ? Optional.empty()
        : Optional.of(Reason.EIP2612_AMOUNT_MISMATCH);
  }

  byte[] signatureBytes() {
    return Hex.decode(signature);
  }

  private static BigInteger second(Instant instant) {
    return BigInteger.valueOf(instant.getEpochSecond());
  }

  private static EvmAddress address(JsonNode info, String name) {
    return new EvmAddress(text(info, name));
  }

  private static BigInteger number(JsonNode info, String name) {
    String text = text(info, name);
    if (!UINT256.matcher(text).matches()) {
      throw new IllegalArgumentException(name);
    }
    BigInteger number = new BigInteger(text);
    if (number.bitLength() > 256) {
      throw new IllegalArgumentException(name);
    }
    return number;
  }

  private static String text(JsonNode info, String name) {
    JsonNode node = info.path(name);
    if (!node.isString()) {
      throw new IllegalArgumentException(name);
    }
    return node.stringValue();
  }
}
