package org.earnest.payments.wire;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The parts that payloads of channels have in common. */
final class ChannelJson {
  private static final int AMOUNT_BITS = 128;
  private static final Pattern HEX_SALT = Pattern.compile("0x[0-9a-fA-F]{1,64}");

  private ChannelJson() {}

  static ChannelConfig config(JsonNode json) {
    Members config = Members.of("channelConfig", json);
    return new ChannelConfig(
        new EvmAddress(config.text("payer")),
        new EvmAddress(config.text("payerAuthorizer")),
        new EvmAddress(config.text("receiver")),
        new EvmAddress(config.text("receiverAuthorizer")),
        new EvmAddress(config.text("token")),
        config.positive("withdrawDelay"),
        new Hash32(config.text("salt")));
  }

  static BigInteger amount(String name, BigInteger value) {
    if (value.bitLength() > AMOUNT_BITS) {
      throw new WireFormatException(name + " does not fit 128 bits");
    }
    return value;
  }

  /** Stock clients write it as hexadecimal. */
  static BigInteger salt(String text) {
    return HEX_SALT.matcher(text).matches()
        ? new BigInteger(text.substring(2), 16)
        : Members.uint("salt", text);
  }

  static String signature(String text) {
    int bytes = Hex.decode(text).length;
    if (bytes == 0 || bytes > ExactEvmPayload.MAX_SIGNATURE_BYTES) {
      throw new WireFormatException(
          "a signature has 1 to " + ExactEvmPayload.MAX_SIGNATURE_BYTES + " bytes");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  static void client(ObjectNode json, ChannelPayload.OfClient payload) {
    json.set("channelConfig", json(payload.channel()));
    json.putObject("voucher")
        .put("channelId", payload.voucher().channelId().hex())
        .put("maxClaimableAmount", payload.voucher().maxClaimableAmount().toString())
        .put("signature", payload.voucher().signature());
  }

  static void claims(ObjectNode json, List<VoucherClaim> claims) {
    ArrayNode list = json.putArray("claims");
    for (VoucherClaim claim : claims) {
      ObjectNode row = list.addObject();
      ObjectNode voucher = row.putObject("voucher");
      voucher.set("channel", json(claim.channel()));
      voucher.put("maxClaimableAmount", claim.maxClaimableAmount().toString());
      row.put("signature", claim.signature()).put("totalClaimed", claim.totalClaimed().toString());
    }
  }

  static ObjectNode json(ChannelConfig channel) {
    return WireJson.object()
        .put("payer", channel.payer().hex())
        .put("payerAuthorizer", channel.payerAuthorizer().hex())
        .put("receiver", channel.receiver().hex())
        .put("receiverAuthorizer", channel.receiverAuthorizer().hex())
        .put("token", channel.token().hex())
        .put("withdrawDelay", channel.withdrawDelay())
        .put("salt", channel.salt().hex());
  }
}
