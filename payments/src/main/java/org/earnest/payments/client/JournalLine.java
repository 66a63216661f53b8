package org.earnest.payments.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.WireFormatException;
import org.earnest.payments.wire.WireJson;
import org.earnest.payments.wire.X402Version;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How a line of the journal is written: a checksum, a blank, a JSON object. */
final class JournalLine {
  private static final int CHECKSUM_CHARS = 8;
  private static final String SIGNED = "signed";
  private static final String SETTLED = "settled";
  private static final String EXPIRED = "expired";
  private static final String CHANNEL = "channel";

  private JournalLine() {}

  /** With its line feed. */
  static byte[] write(JournalEvent event) {
    String json = new String(WireJson.write(json(event)), UTF_8);
    return (checksum(json) + " " + json + "\n").getBytes(UTF_8);
  }

  /** Empty where it is not what was written. */
  static Optional<JournalEvent> read(String line) {
    if (line.length() <= CHECKSUM_CHARS || line.charAt(CHECKSUM_CHARS) != ' ') {
      return Optional.empty();
    }
    String json = line.substring(CHECKSUM_CHARS + 1);
    if (!line.startsWith(checksum(json))) {
      return Optional.empty();
    }
    try {
      return Optional.of(event(WireJson.read(json.getBytes(UTF_8))));
    } catch (WireFormatException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static String checksum(String json) {
    CRC32C crc = new CRC32C();
    crc.update(json.getBytes(UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  private static ObjectNode json(JournalEvent event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (event) {
      case JournalEvent.Signed signed -> signed(json, signed);
      case JournalEvent.Settled settled ->
          json.put("event", SETTLED)
              .put("id", settled.id().hex())
              .put("at", settled.at().toString())
              .put("receipt", settled.receipt().text());
      case JournalEvent.Expired expired -> json.put("event", EXPIRED).put("id", expired.id().hex());
      case JournalEvent.Channel channel -> channel(json, channel.purse());
    }
    return json;
  }

  private static void channel(ObjectNode json, Purse purse) {
    json.put("event", CHANNEL)
        .put("chain", purse.chain().toString())
        .put("origin", purse.origin())
        .put("balance", purse.balance().toString())
        .put("pending", purse.pending().toString())
        .put("cursor", purse.cursor().toString());
    json.set("channel", ChannelPayload.json(purse.channel()));
  }

  private static Purse purse(ObjectNode json) {
    return new Purse(
        ChannelPayload.config(json.path("channel")),
        Caip2ChainId.parse(text(json, "chain")),
        text(json, "origin"),
        new BigInteger(text(json, "balance")),
        new BigInteger(text(json, "pending")),
        new BigInteger(text(json, "cursor")));
  }

  private static void signed(ObjectNode json, JournalEvent.Signed signed) {
    Spending spending = signed.spending();
    json.put("event", SIGNED)
        .put("id", spending.id().hex())
        .put("purchase", spending.purchase().hex())
        .put("route", spending.route().hex())
        .put("origin", spending.origin())
        .put("asset", spending.price().asset().toString())
        .put("amount", spending.price().atomicUnits().toString())
        .put("payTo", spending.payTo().hex())
        .put("at", spending.at().toString())
        .put("end", spending.end().toString());
    signed
        .payment()
        .ifPresent(
            payment -> {
              json.put("version", payment.version().name());
              json.set("payment", payment.payload().toJson());
            });
  }

  private static JournalEvent event(ObjectNode json) {
    return switch (text(json, "event")) {
      case SIGNED ->
          new JournalEvent.Signed(
              spending(json), Optional.ofNullable(json.get("payment")).map(node -> payment(json)));
      case SETTLED ->
          new JournalEvent.Settled(hash(json, "id"), instant(json, "at"), receipt(json));
      case EXPIRED -> new JournalEvent.Expired(hash(json, "id"));
      case CHANNEL -> new JournalEvent.Channel(purse(json));
      default -> throw new IllegalArgumentException("an event that is not known");
    };
  }

  private static Spending spending(ObjectNode json) {
    return new Spending(
        hash(json, "id"),
        hash(json, "purchase"),
        hash(json, "route"),
        text(json, "origin"),
        new TokenAmount(
            Caip19AssetId.parse(text(json, "asset")), new BigInteger(text(json, "amount"))),
        new EvmAddress(text(json, "payTo")),
        instant(json, "at"),
        instant(json, "end"));
  }

  private static SignedPayment payment(ObjectNode json) {
    return new SignedPayment(
        X402Version.valueOf(text(json, "version")), PaymentPayload.parse(json.get("payment")));
  }

  private static Hash32 hash(ObjectNode json, String name) {
    return new Hash32(text(json, name));
  }

  /** Lines of before say nothing of it. */
  private static ReceiptStanding receipt(ObjectNode json) {
    return json.has("receipt")
        ? ReceiptStanding.of(text(json, "receipt"))
            .orElseThrow(() -> new IllegalArgumentException("a receipt's standing"))
        : ReceiptStanding.UNJUDGED;
  }

  private static Instant instant(ObjectNode json, String name) {
    try {
      return Instant.parse(text(json, name));
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  private static String text(ObjectNode json, String name) {
    JsonNode node = json.path(name);
    if (!node.isString()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return node.stringValue();
  }
}
