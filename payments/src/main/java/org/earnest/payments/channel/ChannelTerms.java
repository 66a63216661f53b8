package org.earnest.payments.channel;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.exact.PaymentTerms;
import org.earnest.payments.wire.PaymentRequirements;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An offer that is paid out of a channel.
 *
 * @param price of one call
 * @param receiverAuthorizer who signs claims and refunds for the seller
 * @param withdrawDelay from a payer's request until it has its money back
 * @param minDeposit atomic units that the seller wants in a first deposit
 * @param tokenName of the token's EIP-712 domain
 * @param tokenVersion of the token's EIP-712 domain
 */
public record ChannelTerms(
    TokenAmount price,
    EvmAddress payTo,
    Duration maxTimeout,
    EvmAddress receiverAuthorizer,
    Duration withdrawDelay,
    BigInteger minDeposit,
    String tokenName,
    String tokenVersion)
    implements PaymentTerms {
  public static final String SCHEME = "batch-settlement";

  /** The shortest delay that the hub takes. */
  public static final Duration MIN_WITHDRAW_DELAY = Duration.ofMinutes(15);

  /** The longest delay that the hub takes. */
  public static final Duration MAX_WITHDRAW_DELAY = Duration.ofDays(30);

  /** How many calls a first deposit pays where nothing else is wanted. */
  public static final int DEPOSIT_CALLS = 10;

  private static final String EVM = "eip155";

  /** A price by the reference's defaults: the shortest delay, ten calls in the first deposit. */
  public static ChannelTerms of(
      TokenAmount price,
      EvmAddress payTo,
      Duration maxTimeout,
      EvmAddress receiverAuthorizer,
      String tokenName,
      String tokenVersion) {
    return new ChannelTerms(
        price,
        payTo,
        maxTimeout,
        receiverAuthorizer,
        MIN_WITHDRAW_DELAY,
        price.atomicUnits().multiply(BigInteger.valueOf(DEPOSIT_CALLS)),
        tokenName,
        tokenVersion);
  }

  /** What a seller's offer asks; empty where it cannot be paid out of a channel. */
  public static Optional<ChannelTerms> read(PaymentRequirements wire) {
    if (!wire.scheme().equals(SCHEME)
        || !text(wire.extra(), "assetTransferMethod").orElse("eip3009").equals("eip3009")) {
      return Optional.empty();
    }
    try {
      Caip2ChainId chain = Caip2ChainId.parse(wire.network());
      EvmAddress authorizer =
          new EvmAddress(text(wire.extra(), "receiverAuthorizer").orElse(EvmAddress.ZERO.hex()));
      Duration delay =
          Duration.ofSeconds(
              wire.extra().path("withdrawDelay").asLong(MIN_WITHDRAW_DELAY.toSeconds()));
      Optional<String> name = text(wire.extra(), "name");
      Optional<String> version = text(wire.extra(), "version");
      if (!chain.namespace().equals(EVM)
          || wire.maxTimeoutSeconds() <= 0
          || authorizer.equals(EvmAddress.ZERO)
          || delay.compareTo(MIN_WITHDRAW_DELAY) < 0
          || delay.compareTo(MAX_WITHDRAW_DELAY) > 0
          || name.isEmpty()
          || version.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new ChannelTerms(
              new TokenAmount(
                  new Caip19AssetId(chain, new EvmAddress(wire.asset())), wire.amount()),
              new EvmAddress(wire.payTo()),
              Duration.ofSeconds(wire.maxTimeoutSeconds()),
              authorizer,
              delay,
              minDeposit(wire),
              name.get(),
              version.get()));
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  private static BigInteger minDeposit(PaymentRequirements wire) {
    BigInteger usual = wire.amount().multiply(BigInteger.valueOf(DEPOSIT_CALLS));
    return text(wire.extra(), "minDeposit")
        .filter(amount -> amount.matches("[0-9]{1,38}"))
        .map(BigInteger::new)
        .filter(amount -> amount.compareTo(wire.amount()) >= 0)
        .orElse(usual);
  }

  public PaymentRequirements toWire() {
    ObjectNode extra = JsonNodeFactory.instance.objectNode();
    extra
        .put("name", tokenName)
        .put("version", tokenVersion)
        .put("receiverAuthorizer", receiverAuthorizer.hex())
        .put("withdrawDelay", withdrawDelay.toSeconds())
        .put("minDeposit", minDeposit.toString());
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

  /** The channel of a payer that signs its vouchers itself. */
  public ChannelConfig channel(EvmAddress payer, Hash32 salt) {
    return new ChannelConfig(
        payer,
        payer,
        payTo,
        receiverAuthorizer,
        price.asset().token(),
        withdrawDelay.toSeconds(),
        salt);
  }

  public Caip2ChainId chain() {
    return price.asset().chain();
  }

  /** What binds a deposit's authorization to the token. */
  public Eip712Domain token() {
    return new Eip712Domain(tokenName, tokenVersion, chain(), price.asset().token());
  }

  private static Optional<String> text(ObjectNode object, String name) {
    JsonNode node = object.get(name);
    return node != null && node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
  }
}
