package org.earnest.payments.capture;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.earnest.bindings.call.CaptureOperatorCalls;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.PaymentKey;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.exact.StaticChecks;
import org.earnest.payments.exact.TransferMethod;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.WireFormatException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A payment into escrow against an offer.
 *
 * @param authorization for the escrow's collector, whose nonce binds all of {@link #info}
 * @param signed the signature, prefixed hexadecimal
 * @param salt the payer's own
 */
public record CapturePayment(
    CaptureTerms terms, ReceiveWithAuthorization authorization, String signed, Hash32 salt)
    implements EvmPayment {
  private static final String SALT = "salt";
  private static final BigInteger LAST_SECOND = BigInteger.TWO.pow(48).subtract(BigInteger.ONE);

  /** Reads the payment and holds the client's copy of the offer against the server's. */
  public static Reading<EvmPayment> of(FacilitatorRequest request) {
    PaymentRequirements accepted = request.payment().accepted();
    PaymentRequirements wanted = request.requirements();
    if (!accepted.scheme().equals(wanted.scheme())) {
      return Reading.refused(Reason.CAPTURE_SCHEME, "the payment is for another scheme");
    }
    if (!accepted.network().equals(wanted.network())) {
      return Reading.refused(Reason.CAPTURE_NETWORK_MISMATCH, "the payment is for another network");
    }
    return CaptureTerms.of(wanted).then(terms -> read(terms, request.payment().payload()));
  }

  private static Reading<EvmPayment> read(CaptureTerms terms, ObjectNode payload) {
    if (payload.has("permit2Authorization")) {
      return Reading.refused(Reason.CAPTURE_METHOD_MISMATCH, "the payload is not of EIP-3009");
    }
    if (payload.has("type")) {
      return Reading.refused(
          Reason.CAPTURE_NOT_RELAYED, "what follows is between the seller and the operator");
    }
    try {
      ExactEvmPayload read = ExactEvmPayload.parse(payload);
      TransferWithAuthorization leave = read.authorization();
      return new Reading.Understood<>(
          new CapturePayment(
              terms,
              new ReceiveWithAuthorization(
                  leave.from(),
                  leave.to(),
                  leave.value(),
                  leave.validAfter(),
                  leave.validBefore(),
                  leave.nonce()),
              read.signature(),
              new Hash32(payload.path(SALT).asString(""))));
    } catch (WireFormatException | IllegalArgumentException refused) {
      return Reading.refused(
          Reason.CAPTURE_PAYLOAD_FORMAT, "authorization, signature or salt is not well-formed");
    }
  }

  /** As the payer sends it. */
  public ObjectNode toPayload() {
    return new ExactEvmPayload(
            signed,
            new TransferWithAuthorization(
                authorization.from(),
                authorization.to(),
                authorization.value(),
                authorization.validAfter(),
                authorization.validBefore(),
                authorization.nonce()))
        .toJson()
        .put(SALT, salt.hex());
  }

  /** The payment as the escrow knows it. */
  public PaymentInfo info() {
    return terms.payment(
        authorization.from(),
        authorization.validBefore().min(LAST_SECOND).longValueExact(),
        new BigInteger(1, salt.bytes()));
  }

  @Override
  public TokenAmount price() {
    return terms.price();
  }

  @Override
  public EvmAddress payTo() {
    return terms.payTo();
  }

  @Override
  public PaymentKey key() {
    return new PaymentKey(
        TransferMethod.AUTH_CAPTURE,
        terms.price().asset(),
        authorization.from(),
        authorization.nonce());
  }

  @Override
  public Hash32 digest() {
    return authorization.digest(terms.domain());
  }

  @Override
  public byte[] signature() {
    return Hex.decode(signed);
  }

  @Override
  public ChainCall transfer() {
    return new CaptureOperatorCalls(info())
        .authorize(price().atomicUnits(), PaymentInfo.COLLECTOR, signature());
  }

  @Override
  public BigInteger validBefore() {
    return authorization.validBefore();
  }

  @Override
  public Reason badSignature() {
    return Reason.CAPTURE_SIGNATURE;
  }

  /** In the order of the scheme's specification. */
  @Override
  public Reading<EvmPayment> judge(Instant now, Purpose purpose) {
    return time(now)
        .<Reading<EvmPayment>>map(reason -> Reading.refused(reason, "a time does not fit"))
        .orElseGet(this::bound);
  }

  private Optional<Reason> time(Instant now) {
    BigInteger soon = second(now.plus(StaticChecks.MINING_TIME));
    BigInteger deadline = second(terms.captureDeadline());
    if (deadline.compareTo(soon) <= 0) {
      return Optional.of(Reason.CAPTURE_DEADLINE_EXPIRED);
    }
    if (validBefore().compareTo(deadline) > 0) {
      return Optional.of(Reason.CAPTURE_DEADLINE_ORDERING);
    }
    if (validBefore().compareTo(soon) <= 0
        || validBefore().compareTo(second(now.plus(StaticChecks.MAX_LIFETIME))) > 0) {
      return Optional.of(Reason.CAPTURE_AUTHORIZATION_EXPIRED);
    }
    return authorization.validAfter().signum() != 0
        ? Optional.of(Reason.CAPTURE_NOT_YET_VALID)
        : Optional.empty();
  }

  private Reading<EvmPayment> bound() {
    if (!authorization.to().equals(PaymentInfo.COLLECTOR)) {
      return Reading.refused(
          Reason.CAPTURE_COLLECTOR_MISMATCH, "the authorization is not for the escrow's collector");
    }
    if (!authorization.value().equals(price().atomicUnits())) {
      return Reading.refused(
          Reason.CAPTURE_AMOUNT_MISMATCH, "the authorization's value is not the price");
    }
    if (!authorization.nonce().equals(info().nonce(price().asset().chain()))) {
      return Reading.refused(
          Reason.CAPTURE_NONCE_MISMATCH, "the nonce does not bind the terms of the offer");
    }
    if (StaticChecks.isOfUndeployed(signed)) {
      return Reading.refused(
          Reason.CAPTURE_FACTORY_NOT_ALLOWED, "wallets that are not deployed are not served");
    }
    return new Reading.Understood<>(this);
  }

  private static BigInteger second(Instant instant) {
    return BigInteger.valueOf(instant.getEpochSecond());
  }
}
