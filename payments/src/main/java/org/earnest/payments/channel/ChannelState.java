package org.earnest.payments.channel;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.wire.VerifyResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the hub says of a channel. Amounts are atomic units.
 *
 * @param balance deposited, less what went back
 * @param totalClaimed how much of that is booked as the receiver's
 * @param withdrawRequestedAt second of 1970; 0 while the payer has not asked
 * @param refundNonce how many refunds there were
 */
public record ChannelState(
    BigInteger balance, BigInteger totalClaimed, long withdrawRequestedAt, BigInteger refundNonce) {
  public static final ChannelState EMPTY =
      new ChannelState(BigInteger.ZERO, BigInteger.ZERO, 0, BigInteger.ZERO);

  /** In the members that the reference has for it. */
  public void write(ObjectNode json, Hash32 channel) {
    json.put("channelId", channel.hex())
        .put("balance", balance.toString())
        .put("totalClaimed", totalClaimed.toString())
        .put("withdrawRequestedAt", withdrawRequestedAt)
        .put("refundNonce", refundNonce.toString());
  }

  /** What a facilitator says; empty where that is not all of it. */
  public static Optional<ChannelState> read(JsonNode json) {
    try {
      return Optional.of(
          new ChannelState(
              amount(json.path("balance")),
              amount(json.path("totalClaimed")),
              amount(json.path("withdrawRequestedAt")).longValueExact(),
              amount(json.path("refundNonce"))));
    } catch (ArithmeticException | NumberFormatException malformed) {
      return Optional.empty();
    }
  }

  /** The reference writes numbers and texts. */
  static BigInteger amount(JsonNode json) {
    BigInteger value = new BigInteger(json.asString(""));
    if (value.signum() < 0 || value.bitLength() > Long.SIZE * 2) {
      throw new NumberFormatException("not an amount of 128 bits");
    }
    return value;
  }

  /** The verdict on a good payment out of a channel that stands like this. */
  public VerifyResponse valid(ChannelPayment payment) {
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    write(rest.putObject("extra"), payment.id());
    return new VerifyResponse(
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.of(payment.channel().payer().hex()),
        rest);
  }
}
