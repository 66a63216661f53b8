package org.earnest.payments.channel;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.bindings.eip712.ChannelVoucher;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.WireFormatException;

/** A client's payment out of a channel, whose channel is the offer's; nobody was asked for it. */
public record ChannelPayment(ChannelTerms terms, ChannelPayload.OfClient payload) {
  /** What came of reading one. */
  public sealed interface Reading {
    record Understood(ChannelPayment payment) implements Reading {}

    /**
     * It is not one.
     *
     * @param code stable
     * @param detail for a person
     */
    record Refused(String code, String detail) implements Reading {}
  }

  /** Whether this module judges it. */
  public static boolean isFor(FacilitatorRequest request) {
    return request.requirements().scheme().equals(ChannelTerms.SCHEME);
  }

  /** Reads a payment and holds its channel against the offer. */
  public static Reading of(FacilitatorRequest request) {
    PaymentRequirements accepted = request.payment().accepted();
    PaymentRequirements wanted = request.requirements();
    if (!accepted.scheme().equals(wanted.scheme())) {
      return refused(ChannelReason.SCHEME, "the payment is for another scheme");
    }
    if (!accepted.network().equals(wanted.network())) {
      return refused(ChannelReason.NETWORK_MISMATCH, "the payment is for another network");
    }
    Optional<ChannelTerms> terms = ChannelTerms.read(wanted);
    if (terms.isEmpty()) {
      return refused(ChannelReason.MISSING_EIP712_DOMAIN, "the offer itself cannot be paid");
    }
    try {
      return ChannelPayload.parse(request.payment().payload())
              instanceof ChannelPayload.OfClient payload
          ? new ChannelPayment(terms.get(), payload).checked()
          : refused(ChannelReason.PAYLOAD_TYPE, "payload.type is not a payment's");
    } catch (WireFormatException malformed) {
      return refused(ChannelReason.PAYLOAD_TYPE, malformed.getMessage());
    }
  }

  private Reading checked() {
    ChannelConfig channel = channel();
    if (!channel.id(hub()).equals(id())) {
      return refused(ChannelReason.CHANNEL_ID_MISMATCH, "channelId is not the channel's");
    }
    if (!channel.receiver().equals(terms.payTo())) {
      return refused(ChannelReason.RECEIVER_MISMATCH, "the channel pays another account");
    }
    if (!channel.receiverAuthorizer().equals(terms.receiverAuthorizer())) {
      return refused(
          ChannelReason.RECEIVER_AUTHORIZER_MISMATCH, "the channel has another authorizer");
    }
    if (!channel.token().equals(terms.price().asset().token())) {
      return refused(ChannelReason.TOKEN_MISMATCH, "the channel is in another token");
    }
    if (channel.withdrawDelay() != terms.withdrawDelay().toSeconds()) {
      return refused(ChannelReason.WITHDRAW_DELAY_MISMATCH, "the channel has another delay");
    }
    return new Reading.Understood(this);
  }

  private static Reading refused(ChannelReason reason, String detail) {
    return new Reading.Refused(reason.code(), detail);
  }

  /** The id under which this payment is sold for: a voucher buys once, a refund is given once. */
  public Hash32 key() {
    String kind =
        switch (payload) {
          case ChannelPayload.Pay pay -> "voucher";
          case ChannelPayload.Deposit deposit -> "deposit:" + deposit.salt();
          case ChannelPayload.Refund refund ->
              "refund:" + refund.amount().map(BigInteger::toString).orElse("");
          case ChannelPayload.SignedRefund refund -> "refund:" + refund.amount();
        };
    String text =
        String.join(
            ":", "x402-channel", terms.chain().toString(), id().hex(), max().toString(), kind);
    return Keccak256.hash(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether it buys nothing and asks for the rest of its channel. */
  public boolean isRefund() {
    return payload instanceof ChannelPayload.Refund
        || payload instanceof ChannelPayload.SignedRefund;
  }

  public ChannelConfig channel() {
    return payload.channel();
  }

  /** The channel's id. */
  public Hash32 id() {
    return payload.voucher().channelId();
  }

  /** What the voucher allows in all. */
  public BigInteger max() {
    return payload.voucher().maxClaimableAmount();
  }

  public Eip712Domain hub() {
    return ChannelContracts.domain(terms.chain());
  }

  public Hash32 digest() {
    return new ChannelVoucher(id(), max()).digest(hub());
  }

  public byte[] signature() {
    return Hex.decode(payload.voucher().signature());
  }

  /** Whether a payer without an authorizer has to be asked on chain. */
  public boolean isWallets() {
    return channel().payerAuthorizer().equals(EvmAddress.ZERO);
  }

  /** Whether the key of the payer's authorizer, or the payer's own, signed the voucher. */
  public boolean isSignedByKey() {
    EvmAddress signer = isWallets() ? channel().payer() : channel().payerAuthorizer();
    return SignatureRecovery.recover(digest(), signature()).filter(signer::equals).isPresent();
  }
}
