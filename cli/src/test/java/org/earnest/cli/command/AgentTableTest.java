package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AgentTableTest {
  @Test
  void anAgentIsARow() {
    JsonNode agent =
        read(
            """
            {"agentId": "eip155:1:0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:7",
             "owner": "0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "uri": "https://a.example",
             "standing": {"closed": 4, "averageRating": "92.50", "missed": 1, "feedbackCount": 3,
              "feedbackAverage": "80", "lastActiveBlock": 123}}
            """);
    assertThat(AgentTable.agentRow(agent).split("\\s+"))
        .contains("7", "0xbbbb…bbbb", "4", "92.50", "1", "3", "80", "123", "https://a.example");
    assertThat(AgentTable.agentRow(agent).indexOf("0xbbbb"))
        .isEqualTo(AgentTable.agentHeading().indexOf("OWNER"));
  }

  @Test
  void feedbackIsWrittenWithItsDecimals() {
    assertThat(AgentTable.feedbackRow(feedback("-12345", "3", "good"))).contains("-12.345 ");
    assertThat(AgentTable.feedbackRow(feedback("1", "18", "good")))
        .contains("0.000000000000000001");
    assertThat(AgentTable.feedbackRow(feedback("1", "400000000", "good"))).contains(" ? ");
    assertThat(AgentTable.feedbackRow(feedback("1e9", "0", "good"))).contains(" ? ");
  }

  @Test
  void feedbackHasItsDayOnceTheTimeIsKnown() {
    assertThat(AgentTable.feedbackRow(read("{\"time\": 1763855999}"))).contains(" 2025-11-22 ");
    assertThat(AgentTable.feedbackRow(read("{\"time\": 1763856000}"))).contains(" 2025-11-23 ");
    for (String untold : List.of("{}", "{\"time\": 0}", "{\"time\": -5}", "{\"time\": 1e30}")) {
      assertThat(AgentTable.feedbackRow(read(untold))).doesNotContain("1970").contains(" - ");
    }
    assertThat(AgentTable.feedbackRow(read("{\"time\": 9223372036854775807}"))).contains(" - ");
  }

  @Test
  void strangersTextsSteerNoTerminal() {
    String row = AgentTable.feedbackRow(feedback("1", "0", "\\u001b[2J\\u202ego\\u2028od"));
    assertThat(row).contains("?[2J?go?od").doesNotContain("\u001b", "\u202e", "\u2028");
    assertThat(AgentTable.feedbackRow(feedback("1", "0", "x".repeat(500)))).hasSizeLessThan(200);
  }

  @Test
  void theEndSaysHowToGoOn() {
    JsonNode last =
        read(
            """
            {"next": "abc", "at": {"chainId": "eip155:1", "blockNumber": 9, "finality": "latest"}}
            """);
    assertThat(AgentTable.end(0, last))
        .isEqualTo(
            List.of(
                "There are none.",
                "As of block 9 of eip155:1 (latest).",
                "There are more: --all, or --cursor abc"));
  }

  private static JsonNode feedback(String value, String decimals, String tag) {
    return read(
        """
        {"client": "0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "index": 1, "value": "%s",
         "valueDecimals": %s, "tag1": "%s", "tag2": "", "uri": "", "revoked": false,
         "responseCount": 0, "blockNumber": 5}
        """
            .formatted(value, decimals, tag));
  }

  private static JsonNode read(String json) {
    return JsonMapper.shared().readTree(json);
  }
}
