package org.earnest.payments.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.WireFormatException;
import org.earnest.payments.wire.WireJson;
import tools.jackson.databind.JsonNode;

/**
 * What a seller has signed of its offers (extension {@code offer-receipt}). An offer that says
 * something else than what is signed for it, or whose time is over, is not paid: its buyer could
 * show nobody what was offered.
 *
 * @param made the signatures that are the seller's, where no others count; who signed is not judged
 *     here, as that takes asking for the seller's keys
 */
record SignedOffers(PaymentRequired required, Instant now, Optional<Set<String>> made) {
  private static final String OFFERS = "/offer-receipt/info/offers";

  /** So many are read at most. */
  private static final int MOST = 32;

  private static final int JWS_PARTS = 3;

  /** The offers that are signed, as far as they are looked at. */
  static Stream<JsonNode> offers(PaymentRequired required) {
    return StreamSupport.stream(required.extensions().at(OFFERS).spliterator(), false).limit(MOST);
  }

  /** What speaks against one of the ways to pay. */
  Optional<Objection> objection(PaymentRequirements offer) {
    int index = required.accepts().indexOf(offer);
    List<JsonNode> signed =
        offers(required)
            .filter(each -> each.path("acceptIndex").asInt(index) == index)
            .filter(this::counts)
            .toList();
    if (signed.isEmpty()) {
      return made.map(demanded -> Objection.OFFER_NOT_SIGNED);
    }
    return signed.stream().noneMatch(each -> says(each, offer))
        ? Optional.of(Objection.SIGNED_OFFER_DIFFERS)
        : Optional.empty();
  }

  /** What stands beside a signature is not what it is over. */
  private boolean counts(JsonNode signed) {
    return made.isEmpty()
        || (!signed.has("payload") && made.get().contains(signed.path("signature").asString("")));
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

  static boolean is(JsonNode payload, String name, String value) {
    return payload.path(name).asString("").equalsIgnoreCase(value);
  }

  static Optional<JsonNode> payload(JsonNode signed) {
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
