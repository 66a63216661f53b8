package org.earnest.payments.exact;

import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.WireFormatException;
import tools.jackson.databind.JsonNode;

/** A payment against an offer, read and nothing more: whether it is good is another question. */
public record ExactPayment(ExactRequirements requirements, ExactEvmPayload payload) {
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

  public EvmAddress payer() {
    return authorization().from();
  }

  public PaymentKey key() {
    return new PaymentKey(
        requirements.price().asset(), authorization().from(), authorization().nonce());
  }

  /** What the payer signed, if the signature is good. */
  public Hash32 digest() {
    return authorization().digest(requirements.domain());
  }

  public byte[] signature() {
    return Hex.decode(payload.signature());
  }

  /** The call that moves the money. */
  public ChainCall transfer() {
    return new TokenCalls(requirements.price().asset().token())
        .transferWithAuthorization(authorization(), signature());
  }
}
