package org.earnest.payments.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.WireFormatException;
import org.earnest.payments.wire.WireJson;
import tools.jackson.databind.JsonNode;

/**
 * What a seller has signed of its offers (extension {@code offer-receipt}). An offer that says
 * something else than what is signed for it, or whose time is over, is not paid: its buyer could
 * show nobody what was offered. Who signed is not judged here, as that takes asking for the
 * seller's keys.
 */
record SignedOffers(PaymentRequired required, Instant now) {
  private static final String OFFERS = "/offer-receipt/info/offers";

  /** So many are read at most. */
  private static final int MOST = 32;

  private static final int JWS_PARTS = 3;

  /** Whether one of the ways to pay differs from what was signed for it, or cannot be compared. */
  boolean differ(PaymentRequirements offer) {
    int index = required.accepts().indexOf(offer);
    List<JsonNode> signed =
        StreamSupport.stream(required.extensions().at(OFFERS).spliterator(), false)
            .limit(MOST)
            .filter(each -> each.path("acceptIndex").asInt(index) == index)
            .toList();
    return !signed.isEmpty() && signed.stream().noneMatch(each -> says(each, offer));
  }

  private boolean says(JsonNode signed, PaymentRequirements offer) {
    return payload(signed)
        .filter(
            payload ->
                is(payload, "scheme", offer.scheme())
                    && is(payload, "network", offer.network())
                    && is(payload, "asset", offer.asset())
                    && is(payload, "payTo", offer.payTo())
                    && is(payload, "amount", offer.amount().toString())
                    // A path tells upper case from lower, as an address and a host do not.
                    && payload.path("resourceUrl").asString("").equals(required.resource().url())
                    && isInTime(payload))
        .isPresent();
  }

  /** Zero is the extension's word for an offer without an end, as is none. */
  private boolean isInTime(JsonNode payload) {
    JsonNode until = payload.path("validUntil");
    return until.isMissingNode()
        || until.isNull()
        || (until.isIntegralNumber()
            && until.canConvertToLong()
            && (until.longValue() == 0 || until.longValue() > now.getEpochSecond()));
  }

  private static boolean is(JsonNode payload, String name, String value) {
    return payload.path(name).asString("").equalsIgnoreCase(value);
  }

  private static Optional<JsonNode> payload(JsonNode signed) {
    if (signed.path("payload").isObject()) {
      return Optional.of(signed.path("payload"));
    }
    List<String> parts = List.of(signed.path("signature").asString("").split("\\.", -1));
    if (parts.size() != JWS_PARTS) {
      return Optional.empty();
    }
    try {
      byte[] json = Base64.getUrlDecoder().decode(parts.get(1).getBytes(StandardCharsets.US_ASCII));
      return Optional.of(WireJson.read(json));
    } catch (IllegalArgumentException | WireFormatException unreadable) {
      return Optional.empty();
    }
  }
}
