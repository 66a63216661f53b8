package org.earnest.payments.store;

import java.nio.charset.StandardCharsets;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.WireJson;

/** A settlement's response as it is stored: the JSON that the buyer got. */
final class SettlementText {
  private SettlementText() {}

  static String of(SettleResponse response) {
    return new String(WireJson.write(response), StandardCharsets.UTF_8);
  }

  static SettleResponse parse(String json) {
    return SettleResponse.parse(WireJson.read(json.getBytes(StandardCharsets.UTF_8)));
  }
}
