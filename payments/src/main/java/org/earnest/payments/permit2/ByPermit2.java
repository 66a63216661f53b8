package org.earnest.payments.permit2;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.earnest.bindings.call.Permit2ProxyCalls;
import org.earnest.bindings.eip712.Permit2Payment;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.PaymentKey;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.exact.StaticChecks;
import org.earnest.payments.exact.TransferMethod;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.Permit2Payload;
import org.earnest.payments.wire.WireFormatException;

/**
 * A payment through Permit2 against an offer, of scheme {@code exact} or {@code upto}.
 *
 * @param sponsored brought on chain before it; empty where its payer has approved Permit2
 */
public record ByPermit2(
    Permit2Requirements requirements, Permit2Payload payload, Optional<SponsoredPermit> sponsored)
    implements EvmPayment {
  /** Reads the payment and holds the client's copy of the offer against the server's. */
  public static Reading<EvmPayment> of(FacilitatorRequest request) {
    PaymentRequirements accepted = request.payment().accepted();
    PaymentRequirements wanted = request.requirements();
    if (!accepted.scheme().equals(wanted.scheme())) {
      return Reading.refused(Reason.SCHEME, "the payment is for another scheme");
    }
    if (!accepted.network().equals(wanted.network())) {
      return Reading.refused(
          wanted.scheme().equals(Permit2Requirements.UPTO)
              ? Reason.UPTO_NETWORK_MISMATCH
              : Reason.NETWORK_MISMATCH,
          "the payment is for another network");
    }
    return Permit2Requirements.of(wanted)
        .then(
            server ->
                Permit2Requirements.of(accepted).then(client -> read(server, client, request)));
  }

  private static Reading<EvmPayment> read(
      Permit2Requirements server, Permit2Requirements client, FacilitatorRequest request) {
    if (!client.costing(BigInteger.ZERO).equals(server.costing(BigInteger.ZERO))) {
      return Reading.refused(Reason.INVALID_PAYLOAD, "the payment accepts another offer");
    }
    if (!request.payment().payload().has(Permit2Payload.AUTHORIZATION)) {
      return Reading.refused(Reason.UNSUPPORTED_PAYLOAD, "payload holds no Permit2 authorization");
    }
    try {
      Permit2Payload payload = Permit2Payload.parse(request.payment().payload());
      return SponsoredPermit.of(request.payment())
          .then(sponsored -> new Reading.Understood<>(new ByPermit2(server, payload, sponsored)));
    } catch (WireFormatException refused) {
      return Reading.refused(Reason.INVALID_PAYLOAD, refused.getMessage());
    }
  }

  private Permit2Payment signed() {
    return payload.authorization();
  }

  private boolean isUpto() {
    return requirements.facilitator().isPresent();
  }

  @Override
  public TokenAmount price() {
    return requirements.price();
  }

  @Override
  public EvmAddress payTo() {
    return requirements.payTo();
  }

  @Override
  public PaymentKey key() {
    return new PaymentKey(
        isUpto() ? TransferMethod.UPTO : TransferMethod.PERMIT2,
        requirements.price().asset(),
        signed().from(),
        payload.nonce());
  }

  @Override
  public Hash32 digest() {
    return signed().digest(requirements.price().asset().chain());
  }

  @Override
  public byte[] signature() {
    return payload.signatureBytes();
  }

  @Override
  public ChainCall transfer() {
    BigInteger amount = requirements.price().atomicUnits();
    return sponsored
        .map(
            permit ->
                Permit2ProxyCalls.settleWithPermit(
                    permit.permit(),
                    permit.signatureBytes(),
                    signed(),
                    amount,
                    payload.signatureBytes()))
        .orElseGet(() -> Permit2ProxyCalls.settle(signed(), amount, payload.signatureBytes()));
  }

  /** A deadline is good in its own second. */
  @Override
  public BigInteger validBefore() {
    return signed().deadline().add(BigInteger.ONE);
  }

  @Override
  public Reason badSignature() {
    return Reason.PERMIT2_SIGNATURE;
  }

  @Override
  public Reading<EvmPayment> judge(Instant now, Purpose purpose) {
    if (!payload.spender().equals(key().method().contract(signed().token()))
        || signed().facilitator().isPresent() != isUpto()) {
      return Reading.refused(Reason.PERMIT2_SPENDER, "the spender is not the proxy of this scheme");
    }
    if (!signed().to().equals(requirements.payTo())) {
      return Reading.refused(
          Reason.PERMIT2_RECIPIENT_MISMATCH, "the authorization pays another account");
    }
    if (!signed().facilitator().equals(requirements.facilitator())) {
      return Reading.refused(
          Reason.UPTO_FACILITATOR_MISMATCH, "the authorization is for another facilitator");
    }
    if (!signed().token().equals(requirements.price().asset().token())) {
      return Reading.refused(
          Reason.PERMIT2_TOKEN_MISMATCH, "the authorization is for another token");
    }
    Optional<Reason> permit = sponsored.flatMap(own -> own.objection(signed(), now));
    if (permit.isPresent()) {
      return Reading.refused(permit.get(), "the permit for Permit2 is not one for this payment");
    }
    return amount(purpose).then(paying -> paying.time(now));
  }

  private Reading<ByPermit2> amount(Purpose purpose) {
    int order = requirements.price().atomicUnits().compareTo(signed().amount());
    if (isUpto() && purpose == Purpose.SETTLE) {
      return order > 0
          ? Reading.refused(
              Reason.UPTO_EXCEEDS_AMOUNT, "more is to be settled than the payer permitted")
          : new Reading.Understood<>(this);
    }
    return order != 0
        ? Reading.refused(Reason.PERMIT2_AMOUNT_MISMATCH, "the permitted amount is not the offer's")
        : new Reading.Understood<>(this);
  }

  private Reading<EvmPayment> time(Instant now) {
    if (signed().deadline().compareTo(second(now.plus(StaticChecks.MINING_TIME))) < 0) {
      return Reading.refused(
          Reason.PERMIT2_DEADLINE_EXPIRED,
          "the authorization has expired, or will within %d s"
              .formatted(StaticChecks.MINING_TIME.toSeconds()));
    }
    if (signed().deadline().compareTo(second(now.plus(StaticChecks.MAX_LIFETIME))) > 0) {
      return Reading.refused(
          Reason.PERMIT2_DEADLINE_EXPIRED,
          "the authorization is valid for more than %d h from now"
              .formatted(StaticChecks.MAX_LIFETIME.toHours()));
    }
    if (signed().validAfter().compareTo(second(now)) > 0) {
      return Reading.refused(Reason.PERMIT2_NOT_YET_VALID, "the authorization is not valid yet");
    }
    if (StaticChecks.isOfUndeployed(payload.signature())) {
      return Reading.refused(
          Reason.FACTORY_NOT_ALLOWED,
          "wallets that are not deployed (ERC-6492) cannot have approved Permit2");
    }
    return new Reading.Understood<>(this);
  }

  private static BigInteger second(Instant instant) {
    return BigInteger.valueOf(instant.getEpochSecond());
  }
}
