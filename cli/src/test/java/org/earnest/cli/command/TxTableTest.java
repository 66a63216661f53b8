package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.earnest.kit.json.StrictJson;
import org.junit.jupiter.api.Test;

class TxTableTest {
  private static final String CARRIER = "0x" + "c".repeat(64);

  @Test
  void whatIsCarriedNamesItsCarrierNowAndInItsHistory() {
    String carried =
        """
        {"id": "0x01", "chain": "eip155:1", "key": "k", "sender": "0x02", "to": "0x03",
         "value": "0", "state": "carried", "carrier": {"id": "%1$s", "index": 3},
         "history": [{"state": "claimed", "at": "2026-01-01T00:00:00Z"},
                     {"state": "carried", "at": "2026-01-01T00:00:01Z", "carrier": "%1$s"}]}
        """
            .formatted(CARRIER);

    assertThat(TxTable.one(StrictJson.readTree(carried.getBytes(StandardCharsets.UTF_8))))
        .anyMatch(line -> line.matches(" +carrier +" + CARRIER))
        .anyMatch(line -> line.matches(" +index +3"))
        .anyMatch(line -> line.endsWith("carried       by " + CARRIER));
  }

  @Test
  void whatBecameOfACallIsShown() {
    assertThat(called("{\"succeeded\": true}")).isEqualTo("succeeded");
    assertThat(
            called(
                "{\"succeeded\": false, \"code\": \"reverted\", \"reason\": \"Empty()\\u001b\"}"))
        .isEqualTo("failed: reverted Empty()?");
  }

  private static String called(String call) {
    String json = "{\"id\": \"0x01\", \"state\": \"carried\", \"call\": " + call + "}";
    return TxTable.one(StrictJson.readTree(json.getBytes(StandardCharsets.UTF_8))).stream()
        .map(String::strip)
        .filter(line -> line.startsWith("call "))
        .map(line -> line.substring("call".length()).strip())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whoCancelsABatchIsToldThatWhatItCarriedGoesOn() {
    String told = "{\"id\": \"0x01\", \"key\": \"%s\"}";

    assertThat(cancelled(told.formatted("batch:7"))).contains("What it carried is not", "0x01");
    assertThat(cancelled(told.formatted("payment/7"))).doesNotContain("carried");
  }

  private static String cancelled(String submission) {
    return new TxCancelCommand()
        .done(StrictJson.readTree(submission.getBytes(StandardCharsets.UTF_8)));
  }
}
