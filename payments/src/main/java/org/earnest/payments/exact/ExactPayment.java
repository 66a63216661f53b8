package org.earnest.payments.exact;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.WireFormatException;
import tools.jackson.databind.JsonNode;

/** A payment by EIP-3009 against an offer. */
public record ExactPayment(ExactRequirements requirements, ExactEvmPayload payload)
    implements EvmPayment {
  /** Reads the payment and holds the client's copy of the offer against the server's. */
  public static Reading<ExactPayment> of(FacilitatorRequest request) {
    PaymentRequirements accepted = request.payment().accepted();
    PaymentRequirements wanted = request.requirements();
    if (!accepted.scheme().equals(wanted.scheme())) {
      return Reading.refused(Reason.SCHEME, "the payment is for another scheme");
    }
    if (!accepted.network().equals(wanted.network())) {
      return Reading.refused(Reason.NETWORK_MISMATCH, "the payment is for another network");
    }
    return ExactRequirements.of(wanted)
        .then(
            server ->
                ExactRequirements.of(accepted)
                    .then(client -> payment(server, client, request.payment().payload())));
  }

  private static Reading<ExactPayment> payment(
      ExactRequirements server, ExactRequirements client, JsonNode payload) {
    if (!client.price().asset().equals(server.price().asset())) {
      return Reading.refused(Reason.ASSET_MISMATCH, "the payment is in another asset");
    }
    if (!client.payTo().equals(server.payTo())) {
      return Reading.refused(Reason.RECIPIENT_MISMATCH, "the payment is for another payee");
    }
    if (client.price().compareTo(server.price()) != 0) {
      return Reading.refused(Reason.VALUE_MISMATCH, "the payment is for another price");
    }
    if (!payload.has("authorization")) {
      return Reading.refused(Reason.UNSUPPORTED_PAYLOAD, "payload holds no EIP-3009 authorization");
    }
    try {
      return new Reading.Understood<>(new ExactPayment(server, ExactEvmPayload.parse(payload)));
    } catch (WireFormatException refused) {
      return Reading.refused(Reason.INVALID_PAYLOAD, refused.getMessage());
    }
  }

  public TransferWithAuthorization authorization() {
    return payload.authorization();
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
        requirements.price().asset(), authorization().from(), authorization().nonce());
  }

  @Override
  public Hash32 digest() {
    return authorization().digest(requirements.domain());
  }

  /** How the payer's wallet is deployed, where the signature says so (ERC-6492). */
  public Optional<Erc6492> deployment() {
    return Erc6492.parse(payload.signature());
  }

  @Override
  public byte[] signature() {
    return Hex.decode(deployment().map(Erc6492::signature).orElseGet(payload::signature));
  }

  @Override
  public ChainCall transfer() {
    return new TokenCalls(requirements.price().asset().token())
        .transferWithAuthorization(authorization(), signature());
  }

  @Override
  public BigInteger validBefore() {
    return authorization().validBefore();
  }

  @Override
  public Reason badSignature() {
    return Reason.SIGNATURE;
  }

  @Override
  public Reading<EvmPayment> judge(Instant now, Purpose purpose) {
    return StaticChecks.judge(this, now).then(Reading.Understood::new);
  }
}
