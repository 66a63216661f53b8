package org.earnest.payments.permit2;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.exact.PaymentTerms;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.exact.TransferMethod;
import org.earnest.payments.wire.PaymentRequirements;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An offer that can be paid through Permit2.
 *
 * @param facilitator who alone may settle: present in scheme {@code upto}, absent in {@code exact}
 * @param token the token's EIP-712 domain, by which a payer can sign a permit for Permit2; empty
 *     where it is not told
 */
public record Permit2Requirements(
    TokenAmount price,
    EvmAddress payTo,
    Duration maxTimeout,
    Optional<EvmAddress> facilitator,
    Optional<Eip712Domain> token)
    implements PaymentTerms {
  /** The scheme whose price is at most what was signed. */
  public static final String UPTO = "upto";

  static final String FACILITATOR = "facilitatorAddress";
  private static final String NAME = "name";
  private static final String VERSION = "version";
  private static final String METHOD = "assetTransferMethod";
  private static final String PERMIT2 = TransferMethod.PERMIT2.text();
  private static final String EVM = "eip155";

  /** One whose payers have approved Permit2 before. */
  public Permit2Requirements(
      TokenAmount price, EvmAddress payTo, Duration maxTimeout, Optional<EvmAddress> facilitator) {
    this(price, payTo, maxTimeout, facilitator, Optional.empty());
  }

  /** The same, whose payers may sign a permit for Permit2 instead. */
  public Permit2Requirements permitting(String tokenName, String tokenVersion) {
    return new Permit2Requirements(
        price,
        payTo,
        maxTimeout,
        facilitator,
        Optional.of(domain(price.asset(), tokenName, tokenVersion)));
  }

  private static Eip712Domain domain(Caip19AssetId asset, String name, String version) {
    return new Eip712Domain(name, version, asset.chain(), asset.token());
  }

  /** Whether an offer asks for Permit2, well or badly. */
  public static boolean isAskedFor(PaymentRequirements wire) {
    return wire.scheme().equals(UPTO)
        || (wire.scheme().equals(ExactRequirements.SCHEME)
            && text(wire, METHOD).filter(PERMIT2::equals).isPresent());
  }

  /** What a server's offer asks; refused where it cannot be paid through Permit2. */
  public static Reading<Permit2Requirements> of(PaymentRequirements wire) {
    if (!isAskedFor(wire) || text(wire, METHOD).filter(how -> !how.equals(PERMIT2)).isPresent()) {
      return Reading.refused(Reason.UNSUPPORTED_PAYLOAD, "the offer is not for Permit2");
    }
    if (wire.scheme().equals(UPTO) && text(wire, FACILITATOR).isEmpty()) {
      return Reading.refused(
          Reason.UPTO_FACILITATOR_MISMATCH, "extra.facilitatorAddress is missing");
    }
    try {
      Caip2ChainId chain = Caip2ChainId.parse(wire.network());
      if (!chain.namespace().equals(EVM)) {
        return Reading.refused(Reason.NETWORK_MISMATCH, "the network is not an EVM chain");
      }
      Caip19AssetId asset = new Caip19AssetId(chain, new EvmAddress(wire.asset()));
      return new Reading.Understood<>(
          new Permit2Requirements(
              new TokenAmount(asset, wire.amount()),
              new EvmAddress(wire.payTo()),
              Duration.ofSeconds(wire.maxTimeoutSeconds()),
              wire.scheme().equals(UPTO)
                  ? text(wire, FACILITATOR).map(EvmAddress::new)
                  : Optional.empty(),
              text(wire, NAME)
                  .flatMap(
                      name -> text(wire, VERSION).map(version -> domain(asset, name, version)))));
    } catch (IllegalArgumentException refused) {
      return Reading.refused(
          Reason.INVALID_PAYLOAD, "network, asset, payTo or facilitator is not of an EVM chain");
    }
  }

  /** The same offer for another amount, in atomic units. */
  public Permit2Requirements costing(BigInteger atomicUnits) {
    return new Permit2Requirements(
        new TokenAmount(price.asset(), atomicUnits), payTo, maxTimeout, facilitator, token);
  }

  public PaymentRequirements toWire() {
    ObjectNode extra = JsonNodeFactory.instance.objectNode().put(METHOD, PERMIT2);
    facilitator.ifPresent(who -> extra.put(FACILITATOR, who.hex()));
    token.ifPresent(domain -> extra.put(NAME, domain.name()).put(VERSION, domain.version()));
    return new PaymentRequirements(
        facilitator.isPresent() ? UPTO : ExactRequirements.SCHEME,
        price.asset().chain().toString(),
        price.atomicUnits(),
        price.asset().token().hex(),
        payTo.hex(),
        maxTimeout.toSeconds(),
        extra,
        JsonNodeFactory.instance.objectNode());
  }

  private static Optional<String> text(PaymentRequirements wire, String name) {
    JsonNode node = wire.extra().get(name);
    return node != null && node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
  }
}
