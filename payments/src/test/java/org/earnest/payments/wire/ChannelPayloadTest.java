package org.earnest.payments.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The members of channels' payloads, which sellers and facilitators elsewhere read. */
class ChannelPayloadTest {
  @ParameterizedTest
  @CsvSource({
    "pay,Pay",
    "deposit,Deposit",
    "refund,Refund",
    "refundOfSome,Refund",
    "signedRefund,SignedRefund",
    "claim,Claim",
    "settle,Settle"
  })
  void isReadAndWrittenUnchanged(String name, String type) {
    JsonNode json = GoldenVectors.channel(name);

    ChannelPayload read = ChannelPayload.parse(json);

    assertThat(read.getClass().getSimpleName()).isEqualTo(type);
    assertThat(JsonMapper.shared().readTree(read.toJson().toString())).isEqualTo(json);
  }
}
