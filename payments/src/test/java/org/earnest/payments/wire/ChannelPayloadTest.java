package org.earnest.payments.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
    "claimAvailable,Claim",
    "settle,Settle"
  })
  void isReadAndWrittenUnchanged(String name, String type) {
    JsonNode json = GoldenVectors.channel(name);

    ChannelPayload read = ChannelPayload.parse(json);

    assertThat(read.getClass().getSimpleName()).isEqualTo(type);
    assertThat(JsonMapper.shared().readTree(read.toJson().toString())).isEqualTo(json);
  }

  @Test
  void claimsAreAllOrNothingUnlessItIsSaid() {
    assertThat(claim("claim").available()).isFalse();
    assertThat(claim("claimAvailable").available()).isTrue();
  }

  private static ChannelPayload.Claim claim(String name) {
    return (ChannelPayload.Claim) ChannelPayload.parse(GoldenVectors.channel(name));
  }
}
