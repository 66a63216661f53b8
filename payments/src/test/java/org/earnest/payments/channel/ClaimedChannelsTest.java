package org.earnest.payments.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Map;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What facilitators tell of claims, and how it is read. */
class ClaimedChannelsTest {
  private static final Hash32 ONE = new Hash32("0x" + "11".repeat(Hash32.BYTES));
  private static final Hash32 OTHER = new Hash32("0x" + "22".repeat(Hash32.BYTES));

  @Test
  void isReadAsWritten() {
    ClaimedChannels told =
        new ClaimedChannels(
            Map.of(ONE, BigInteger.TWO.pow(128).subtract(BigInteger.ONE)),
            Map.of(OTHER, "ClaimExceedsBalance()"));
    ObjectNode extra = JsonNodeFactory.instance.objectNode();

    told.write(extra);

    assertThat(ClaimedChannels.read(JsonMapper.shared().readTree(extra.toString()))).contains(told);
  }

  @Test
  void whoClaimsAllOrNothingTellsNothing() {
    assertThat(ClaimedChannels.read(JsonNodeFactory.instance.objectNode().path("extra")))
        .contains(new ClaimedChannels(Map.of(), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"claimed\":{\"no\":\"1\"}}",
        "{\"skipped\":{\"no\":\"x\"}}",
        "{\"claimed\":{\"CHANNEL\":\"-1\"}}",
        "{\"claimed\":{\"CHANNEL\":\"much\"}}",
        "{\"claimed\":{\"CHANNEL\":{}}}",
        "{\"claimed\":{\"CHANNEL\":\"340282366920938463463374607431768211456\"}}"
      })
  void whatCannotBeReadIsNotBelieved(String json) {
    assertThat(
            ClaimedChannels.read(JsonMapper.shared().readTree(json.replace("CHANNEL", ONE.hex()))))
        .isEmpty();
  }
}
