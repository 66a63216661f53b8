package org.earnest.payments.exact;

import java.time.Duration;
import java.util.Optional;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.wire.PaymentRequirements;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An offer that can be paid by EIP-3009.
 *
 * @param tokenName of the token's EIP-712 domain, not judged here
 * @param tokenVersion of the token's EIP-712 domain, not judged here
 */
public record ExactRequirements(
    TokenAmount price, EvmAddress payTo, Duration maxTimeout, String tokenName, String tokenVersion)
    implements PaymentTerms {
  public static final String SCHEME = "exact";
  private static final String NAME = "name";
  private static final String VERSION = "version";
  private static final String TRANSFER_METHOD = "assetTransferMethod";
  private static final String EIP3009 = "eip3009";
  private static final String EVM = "eip155";

  /** What a server's offer asks; refused where it is not this scheme on an EVM chain. */
  public static Reading<ExactRequirements> of(PaymentRequirements wire) {
    if (!wire.scheme().equals(SCHEME)) {
      return Reading.refused(Reason.SCHEME, "the scheme is not " + SCHEME);
    }
    if (!method(wire).equals(EIP3009)) {
      return Reading.refused(
          Reason.UNSUPPORTED_PAYLOAD, "only EIP-3009 transfers are supported, not this method");
    }
    Optional<String> name = text(wire.extra(), NAME);
    Optional<String> version = text(wire.extra(), VERSION);
    if (name.isEmpty() || version.isEmpty()) {
      return Reading.refused(
          Reason.MISSING_EIP712_DOMAIN,
          "extra.name and extra.version of the token's EIP-712 domain are missing");
    }
    try {
      Caip2ChainId chain = Caip2ChainId.parse(wire.network());
      if (!chain.namespace().equals(EVM)) {
        return Reading.refused(Reason.NETWORK_MISMATCH, "the network is not an EVM chain");
      }
      return new Reading.Understood<>(
          new ExactRequirements(
              new TokenAmount(
                  new Caip19AssetId(chain, new EvmAddress(wire.asset())), wire.amount()),
              new EvmAddress(wire.payTo()),
              Duration.ofSeconds(wire.maxTimeoutSeconds()),
              name.get(),
              version.get()));
    } catch (IllegalArgumentException refused) {
      return Reading.refused(
          Reason.INVALID_PAYLOAD, "network, asset or payTo is not of an EVM chain");
    }
  }

  public PaymentRequirements toWire() {
    ObjectNode extra = JsonNodeFactory.instance.objectNode();
    extra.put(NAME, tokenName).put(VERSION, tokenVersion);
    return new PaymentRequirements(
        SCHEME,
        price.asset().chain().toString(),
        price.atomicUnits(),
        price.asset().token().hex(),
        payTo.hex(),
        maxTimeout.toSeconds(),
        extra,
        JsonNodeFactory.instance.objectNode());
  }

  /** What a payer's signature is bound to. */
  public Eip712Domain domain() {
    return new Eip712Domain(tokenName, tokenVersion, price.asset().chain(), price.asset().token());
  }

  private static String method(PaymentRequirements wire) {
    return text(wire.extra(), TRANSFER_METHOD).orElse(EIP3009);
  }

  private static Optional<String> text(ObjectNode object, String name) {
    JsonNode node = object.get(name);
    return node != null && node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
  }
}
