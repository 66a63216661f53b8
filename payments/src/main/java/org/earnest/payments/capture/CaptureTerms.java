package org.earnest.payments.capture;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.exact.PaymentTerms;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.wire.PaymentRequirements;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An offer whose money is held in escrow under an operator contract: scheme {@code auth-capture},
 * {@code operatorType} {@code custom}, without a fee, by EIP-3009.
 *
 * @param operator who alone moves what is held
 * @param captureDeadline until when it may be captured; then its payer takes it back
 * @param refundDeadline until when what was captured may be refunded
 * @param tokenName of the token's EIP-712 domain
 * @param tokenVersion of the token's EIP-712 domain
 */
public record CaptureTerms(
    TokenAmount price,
    EvmAddress payTo,
    Duration maxTimeout,
    EvmAddress operator,
    Instant captureDeadline,
    Instant refundDeadline,
    String tokenName,
    String tokenVersion)
    implements PaymentTerms {
  public static final String SCHEME = "auth-capture";

  /** The one kind of operator that is served. */
  public static final String CUSTOM = "custom";

  private static final int BITS_OF_AMOUNT = 120;
  private static final long LAST_SECOND = (1L << 48) - 1;

  public CaptureTerms {
    if (price.atomicUnits().bitLength() > BITS_OF_AMOUNT
        || captureDeadline.isAfter(refundDeadline)
        || captureDeadline.getEpochSecond() < 0
        || refundDeadline.getEpochSecond() > LAST_SECOND) {
      throw new IllegalArgumentException("the price or the deadlines are out of range");
    }
  }

  /** Whether an offer asks for this scheme, well or badly. */
  public static boolean isAskedFor(PaymentRequirements wire) {
    return wire.scheme().equals(SCHEME);
  }

  /** What a server's offer asks; refused where it is not what is served here. */
  public static Reading<CaptureTerms> of(PaymentRequirements wire) {
    ObjectNode extra = wire.extra();
    return objection(extra)
        .<Reading<CaptureTerms>>map(reason -> Reading.refused(reason, "extra is not served"))
        .orElseGet(() -> read(wire, extra));
  }

  private static Optional<Reason> objection(ObjectNode extra) {
    if (!text(extra, "operatorType").orElse("delegated").equals(CUSTOM)) {
      return Optional.of(Reason.CAPTURE_OPERATOR_TYPE);
    }
    if (!isAbsentOr(extra, "paymentFlow", "escrow")) {
      return Optional.of(Reason.CAPTURE_PAYMENT_FLOW);
    }
    if (!isAbsentOr(extra, "assetTransferMethod", "eip3009")) {
      return Optional.of(Reason.CAPTURE_TRANSFER_METHOD);
    }
    if (isNamed(extra, "policy")) {
      return Optional.of(Reason.CAPTURE_POLICY);
    }
    boolean otherEscrow =
        isPresent(extra, "authCaptureEscrow")
            && text(extra, "authCaptureEscrow")
                .filter(PaymentInfo.ESCROW.hex()::equalsIgnoreCase)
                .isEmpty();
    boolean fee = number(extra, "minFeeBps") != 0 || number(extra, "maxFeeBps") != 0;
    return otherEscrow || fee || isNamed(extra, "receiverAuthorizer")
        ? Optional.of(Reason.CAPTURE_EXTRA)
        : Optional.empty();
  }

  private static Reading<CaptureTerms> read(PaymentRequirements wire, ObjectNode extra) {
    try {
      Caip2ChainId chain = Caip2ChainId.parse(wire.network());
      if (!chain.namespace().equals("eip155")) {
        return Reading.refused(Reason.CAPTURE_NETWORK_MISMATCH, "the network is not an EVM chain");
      }
      if (!new EvmAddress(required(extra, "feeRecipient")).equals(EvmAddress.ZERO)) {
        return Reading.refused(Reason.CAPTURE_EXTRA, "nobody gets a fee, and so none is named");
      }
      return new Reading.Understood<>(
          new CaptureTerms(
              new TokenAmount(
                  new Caip19AssetId(chain, new EvmAddress(wire.asset())), wire.amount()),
              new EvmAddress(wire.payTo()),
              Duration.ofSeconds(wire.maxTimeoutSeconds()),
              new EvmAddress(required(extra, "captureAuthorizer")),
              Instant.ofEpochSecond(number(extra, "captureDeadline")),
              Instant.ofEpochSecond(number(extra, "refundDeadline")),
              required(extra, "name"),
              required(extra, "version")));
    } catch (IllegalArgumentException refused) {
      return Reading.refused(
          Reason.CAPTURE_EXTRA, "network, asset, payTo, amount or a member of extra is not valid");
    }
  }

  public PaymentRequirements toWire() {
    ObjectNode extra =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", tokenName)
            .put("version", tokenVersion)
            .put("authCaptureEscrow", PaymentInfo.ESCROW.hex())
            .put("captureAuthorizer", operator.hex())
            .put("operatorType", CUSTOM)
            .put("paymentFlow", "escrow")
            .put("captureMode", "deferred")
            .put("captureDeadline", captureDeadline.getEpochSecond())
            .put("refundDeadline", refundDeadline.getEpochSecond())
            .put("minFeeBps", 0)
            .put("maxFeeBps", 0)
            .put("feeRecipient", EvmAddress.ZERO.hex());
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

  /**
   * The payment of one payer.
   *
   * @param validBefore second of 1970, below 2^48, from which on it cannot be fetched
   * @param salt below 2^256, another one for each payment
   */
  public PaymentInfo payment(EvmAddress payer, long validBefore, BigInteger salt) {
    return new PaymentInfo(
        operator,
        payer,
        payTo,
        price.asset().token(),
        price.atomicUnits(),
        validBefore,
        captureDeadline.getEpochSecond(),
        refundDeadline.getEpochSecond(),
        0,
        0,
        EvmAddress.ZERO,
        salt);
  }

  private static boolean isNamed(ObjectNode extra, String name) {
    return !isAbsentOr(extra, name, EvmAddress.ZERO.hex());
  }

  /** What is no text says something too, which is not understood here. */
  private static boolean isAbsentOr(ObjectNode extra, String name, String known) {
    return !isPresent(extra, name) || text(extra, name).filter(known::equals).isPresent();
  }

  private static boolean isPresent(ObjectNode extra, String name) {
    return extra.hasNonNull(name);
  }

  private static String required(ObjectNode extra, String name) {
    return text(extra, name).orElseThrow(() -> new IllegalArgumentException(name));
  }

  private static Optional<String> text(ObjectNode extra, String name) {
    JsonNode node = extra.get(name);
    return node != null && node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
  }

  /** Below zero where there is no second of that number, which no deadline and no fee may be. */
  private static long number(ObjectNode extra, String name) {
    JsonNode node = extra.get(name);
    if (node == null || !node.isIntegralNumber() || !node.canConvertToLong()) {
      return -1;
    }
    long value = node.longValue();
    return value >= 0 && value <= LAST_SECOND ? value : -1;
  }
}
