package org.earnest.payments.wire;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The payloads of scheme {@code batch-settlement} on EVM chains. Amounts are atomic units. */
public sealed interface ChannelPayload {
  /**
   * What a payer signed.
   *
   * @param channelId as it was given; whether it is the channel's is not judged here
   * @param signature prefixed hexadecimal
   */
  record Voucher(Hash32 channelId, BigInteger maxClaimableAmount, String signature) {}

  /** One that comes from a client, with its voucher. */
  sealed interface OfClient extends ChannelPayload {
    ChannelConfig channel();

    Voucher voucher();
  }

  /** Pays a call out of a channel. */
  record Pay(ChannelConfig channel, Voucher voucher) implements OfClient {}

  /**
   * Fills a channel and pays a call out of it.
   *
   * @param salt of the authorization's nonce
   * @param signature of the authorization, prefixed hexadecimal
   */
  record Deposit(
      ChannelConfig channel,
      Voucher voucher,
      BigInteger amount,
      BigInteger validAfter,
      BigInteger validBefore,
      BigInteger salt,
      String signature)
      implements OfClient {}

  /**
   * Asks for what is left in a channel.
   *
   * @param amount all that is left where it is empty
   */
  record Refund(ChannelConfig channel, Voucher voucher, Optional<BigInteger> amount)
      implements OfClient {}

  /**
   * A refund as a server passes it on.
   *
   * @param claims what is to be claimed before
   * @param refundSignature of the receiver's authorizer
   * @param claimSignature of the receiver's authorizer; empty without claims
   */
  record SignedRefund(
      ChannelConfig channel,
      Voucher voucher,
      BigInteger amount,
      BigInteger nonce,
      List<VoucherClaim> claims,
      Optional<String> refundSignature,
      Optional<String> claimSignature)
      implements OfClient {
    public SignedRefund {
      claims = List.copyOf(claims);
    }
  }

  /**
   * Books what was earned.
   *
   * @param available whether what can be booked is, where the hub can do so, and the answer says of
   *     which channels; otherwise all or nothing, as the reference's servers take for granted
   */
  record Claim(List<VoucherClaim> claims, Optional<String> signature, boolean available)
      implements ChannelPayload {
    public Claim {
      claims = List.copyOf(claims);
    }

    /** All or nothing. */
    public Claim(List<VoucherClaim> claims, Optional<String> signature) {
      this(claims, signature, false);
    }
  }

  /** Pays out what was booked. */
  record Settle(EvmAddress receiver, EvmAddress token) implements ChannelPayload {}

  /**
   * Reads {@link PaymentPayload#payload()}.
   *
   * @throws WireFormatException when it is none of these
   */
  static ChannelPayload parse(JsonNode json) {
    Members payload = Members.of("payload", json);
    try {
      return switch (payload.text("type")) {
        case "voucher" -> new Pay(config(payload), voucher(payload));
        case "deposit" -> deposit(payload);
        case "refund" -> refund(payload);
        case "claim" ->
            new Claim(
                claims(payload),
                signature(payload, "claimAuthorizerSignature"),
                payload.optionalFlag("claimAvailable"));
        case "settle" ->
            new Settle(
                new EvmAddress(payload.text("receiver")), new EvmAddress(payload.text("token")));
        default -> throw new WireFormatException("payload.type is not known");
      };
    } catch (IllegalArgumentException refused) {
      throw new WireFormatException("the payload has a malformed address, hash or number", refused);
    }
  }

  /** As it is sent. */
  default ObjectNode toJson() {
    ObjectNode json = WireJson.object();
    switch (this) {
      case Pay pay -> {
        json.put("type", "voucher");
        ChannelJson.client(json, pay);
      }
      case Deposit deposit -> {
        json.put("type", "deposit");
        ChannelJson.client(json, deposit);
        ObjectNode money = json.putObject("deposit").put("amount", deposit.amount().toString());
        money
            .putObject("authorization")
            .putObject("erc3009Authorization")
            .put("validAfter", deposit.validAfter().toString())
            .put("validBefore", deposit.validBefore().toString())
            .put("salt", "0x%064x".formatted(deposit.salt()))
            .put("signature", deposit.signature());
      }
      case Refund refund -> {
        json.put("type", "refund");
        ChannelJson.client(json, refund);
        refund.amount().ifPresent(amount -> json.put("amount", amount.toString()));
      }
      case SignedRefund refund -> {
        json.put("type", "refund");
        ChannelJson.client(json, refund);
        json.put("amount", refund.amount().toString())
            .put("refundNonce", refund.nonce().toString());
        ChannelJson.claims(json, refund.claims());
        refund.refundSignature().ifPresent(text -> json.put("refundAuthorizerSignature", text));
        refund.claimSignature().ifPresent(text -> json.put("claimAuthorizerSignature", text));
      }
      case Claim claim -> {
        json.put("type", "claim");
        ChannelJson.claims(json, claim.claims());
        claim.signature().ifPresent(text -> json.put("claimAuthorizerSignature", text));
        if (claim.available()) {
          json.put("claimAvailable", true);
        }
      }
      case Settle settle ->
          json.put("type", "settle")
              .put("receiver", settle.receiver().hex())
              .put("token", settle.token().hex());
    }
    return json;
  }

  /** A channel as payloads have it. */
  static ObjectNode json(ChannelConfig channel) {
    return ChannelJson.json(channel);
  }

  /**
   * Reads what {@link #json} writes.
   *
   * @throws WireFormatException when it is none
   */
  static ChannelConfig config(JsonNode json) {
    return ChannelJson.config(json);
  }

  private static Deposit deposit(Members payload) {
    Members deposit = Members.of("payload.deposit", payload.required("deposit"));
    Members kinds = Members.of("deposit.authorization", deposit.required("authorization"));
    Members authorization =
        Members.of(
            "authorization.erc3009Authorization",
            kinds
                .optional("erc3009Authorization")
                .orElseThrow(
                    () -> new WireFormatException("only EIP-3009 authorizations are taken")));
    return new Deposit(
        config(payload),
        voucher(payload),
        ChannelJson.amount("deposit.amount", deposit.uint("amount")),
        authorization.uint("validAfter"),
        authorization.uint("validBefore"),
        ChannelJson.salt(authorization.text("salt")),
        ChannelJson.signature(authorization.text("signature")));
  }

  private static ChannelPayload refund(Members payload) {
    ChannelConfig channel = config(payload);
    Voucher voucher = voucher(payload);
    Optional<BigInteger> amount =
        payload.optionalText("amount").map(text -> Members.uint("payload.amount", text));
    Optional<BigInteger> nonce =
        payload.optionalText("refundNonce").map(text -> Members.uint("payload.refundNonce", text));
    if (amount.isEmpty() || nonce.isEmpty()) {
      return new Refund(channel, voucher, amount);
    }
    return new SignedRefund(
        channel,
        voucher,
        amount.get(),
        nonce.get(),
        claims(payload),
        signature(payload, "refundAuthorizerSignature"),
        signature(payload, "claimAuthorizerSignature"));
  }

  private static Optional<String> signature(Members payload, String name) {
    return payload.optionalText(name).map(ChannelJson::signature);
  }

  private static ChannelConfig config(Members payload) {
    return ChannelJson.config(payload.required("channelConfig"));
  }

  private static Voucher voucher(Members payload) {
    Members voucher = Members.of("payload.voucher", payload.required("voucher"));
    return new Voucher(
        new Hash32(voucher.text("channelId")),
        ChannelJson.amount("maxClaimableAmount", voucher.uint("maxClaimableAmount")),
        ChannelJson.signature(voucher.text("signature")));
  }

  private static List<VoucherClaim> claims(Members payload) {
    return payload.list("claims").stream().map(ChannelPayload::claim).toList();
  }

  private static VoucherClaim claim(JsonNode json) {
    Members claim = Members.of("claim", json);
    Members voucher = Members.of("claim.voucher", claim.required("voucher"));
    return new VoucherClaim(
        ChannelJson.config(voucher.required("channel")),
        ChannelJson.amount("maxClaimableAmount", voucher.uint("maxClaimableAmount")),
        ChannelJson.signature(claim.text("signature")),
        ChannelJson.amount("totalClaimed", claim.uint("totalClaimed")));
  }
}
