package org.earnest.payments.client;

import java.util.Optional;
import java.util.function.Predicate;
import org.earnest.core.chain.EvmAddress;
import org.earnest.payments.wire.NetworksV1;
import org.earnest.payments.wire.SettleResponse;
import tools.jackson.databind.JsonNode;

/** What a seller has signed of a settlement (extension {@code offer-receipt}). */
record SignedReceipt(SettleResponse settlement) {
  private static final String RECEIPT = "/extensions/offer-receipt/info/receipt";

  /**
   * Holds it against what was paid, and against the seller.
   *
   * @param bySeller whether the seller made a signature; empty where no policy asks for that
   */
  ReceiptStanding standing(EvmAddress payer, Optional<Predicate<String>> bySeller) {
    JsonNode receipt = settlement.rest().at(RECEIPT);
    if (receipt.isMissingNode()) {
      return ReceiptStanding.ABSENT;
    }
    if (bySeller.isEmpty()) {
      return ReceiptStanding.UNJUDGED;
    }
    boolean good =
        !receipt.has("payload")
            && SignedOffers.payload(receipt).filter(payload -> says(payload, payer)).isPresent()
            && bySeller.get().test(receipt.path("signature").asString(""));
    return good ? ReceiptStanding.GOOD : ReceiptStanding.FORGED;
  }

  /** A settlement of version 1 has another name for what the seller signed. */
  private String network() {
    return NetworksV1.caip2(settlement.network()).orElse(settlement.network());
  }

  private boolean says(JsonNode payload, EvmAddress payer) {
    return SignedOffers.is(payload, "payer", payer.hex())
        && SignedOffers.is(payload, "network", network())
        && SignedOffers.is(payload, "transaction", settlement.transaction());
  }
}
