package org.earnest.reputation.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.earnest.core.identity.AgentId;
import org.earnest.kit.json.JsonRefusedException;
import org.earnest.kit.json.StrictJson;
import org.junit.jupiter.api.Test;

class RegistrationFileTest {
  private static final String REGISTRY = "eip155:1:0x" + "8004".repeat(10);
  private static final AgentId AGENT = AgentId.parse(REGISTRY + ":7");
  private static final long SEED = 8_004;

  @Test
  void readsWhatTheStandardNames() {
    RegistrationFile file =
        parse(
            """
            {"type": "https://eips.ethereum.org/EIPS/eip-8004#registration-v1",
             "name": "Lingua", "description": "Translates", "image": "https://l.example/i.png",
             "services": [{"name": "A2A", "endpoint": "https://l.example/a2a", "version": "0.3"},
                          {"name": "DID", "endpoint": "did:web:l.example"}, {"name": "lost"}, 7],
             "x402Support": true, "active": false,
             "registrations": [{"agentId": 7, "agentRegistry": "%s"}, {"agentId": "x"}],
             "supportedTrust": ["reputation", 5]}"""
                .formatted(
                    REGISTRY
                        .toUpperCase(java.util.Locale.ROOT)
                        .replace("EIP155", "eip155")
                        .replace("0X", "0x")));

    assertThat(file.name()).isEqualTo("Lingua");
    assertThat(file.services()).extracting(Service::name).containsExactly("A2A", "DID");
    assertThat(file.services().getFirst().version()).contains("0.3");
    assertThat(file.x402Support()).contains(true);
    assertThat(file.active()).contains(false);
    assertThat(file.supportedTrust()).containsExactly("reputation");
    assertThat(file.registrations()).containsExactly(AGENT.toString());
    assertThat(file.names(AGENT)).isTrue();
    assertThat(file.names(AgentId.parse(REGISTRY + ":8"))).isFalse();
    assertThat(file.names(AgentId.parse(REGISTRY.replace("eip155:1:", "eip155:2:") + ":7")))
        .isFalse();
  }

  @Test
  void idsAsTextCountAndCarelessMembersAreAsGoodAsAbsent() {
    RegistrationFile file =
        parse(
            """
            {"name": "n", "description": 5, "image": null, "services": {}, "active": "true",
             "registrations": [{"agentId": "7", "agentRegistry": "%s"},
                               {"agentId": 7.5, "agentRegistry": "%s"},
                               {"agentId": -7, "agentRegistry": "%s"}],
             "unknown": [1]}"""
                .formatted(REGISTRY, REGISTRY, REGISTRY));

    assertThat(file.description()).isEmpty();
    assertThat(file.active()).isEmpty();
    assertThat(file.services()).isEmpty();
    assertThat(file.registrations()).containsExactly(AGENT.toString());
  }

  @Test
  void whatServicesListIsWhatAnAgentIsFoundBy() {
    RegistrationFile file =
        parse(
            """
            {"name": "n", "x402Support": true, "supportedTrusts": ["reputation"], "endpoints": [
              {"name": "MCP", "endpoint": "https://m", "mcpTools": ["Draw", 7, " "],
               "prompts": [{"name": "sketch"}], "mcpResources": {}},
              {"name": "A2A", "endpoint": "https://a", "a2aSkills": ["translate"]},
              {"name": "OASF", "endpoint": "ipfs://o", "skills": ["vision/ocr"],
               "domains": ["art"]}]}""");

    assertThat(file.services().getFirst().tools()).containsExactly("Draw", " ");
    assertThat(file.capabilities())
        .containsExactly(
            "a2a",
            "art",
            "draw",
            "mcp",
            "oasf",
            "reputation",
            "sketch",
            "translate",
            "vision/ocr",
            "x402");
  }

  @Test
  void capabilitiesAreBounded() {
    String tools = "\"t%d\", ".repeat(64).formatted(range()) + "\"last\"";
    String service = "{\"name\": \"MCP\", \"endpoint\": \"https://m\", \"tools\": [%s]}";
    StringBuilder services = new StringBuilder(service.formatted(tools));
    for (int i = 1; i < 40; i++) {
      services.append(", ").append(service.formatted(tools.replace("t", "t" + i + "-")));
    }
    assertThat(parse("{\"name\": \"n\", \"services\": [%s]}".formatted(services)).capabilities())
        .hasSize(RegistrationFile.MAX_CAPABILITIES);
  }

  private static Object[] range() {
    return java.util.stream.IntStream.range(0, 64).boxed().toArray();
  }

  @Test
  void textsAreCutBetweenCharactersAndCanBeStored() {
    String longName = "x".repeat(RegistrationFile.MAX_NAME_CHARS - 1) + "\uD83D\uDE00";
    assertThat(parse("{\"name\": \"%s\"}".formatted(longName)).name())
        .hasSize(RegistrationFile.MAX_NAME_CHARS - 1);
    assertThat(parse("{\"name\": \"a\\u0000b\\ud83dc\"}").name()).isEqualTo("a\ufffdb\ufffdc");
  }

  @Test
  void listsAreCut() {
    StringBuilder trust = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      trust.append(i == 0 ? "" : ",").append("\"t").append(i).append('"');
    }
    assertThat(parse("{\"name\": \"n\", \"supportedTrust\": [" + trust + "]}").supportedTrust())
        .hasSize(Members.MAX_ENTRIES);
  }

  @Test
  void whatIsNone() {
    for (String none :
        new String[] {"[]", "7", "\"text\"", "{}", "{\"name\": \" \"}", "{\"name\": 5}"}) {
      assertThatThrownBy(() -> parse(none)).isInstanceOf(IllegalArgumentException.class);
    }
    for (String broken :
        new String[] {"", "null", "{", "<html>", "{\"name\": \"a\", \"name\": \"b\"}", "{} {}"}) {
      assertThatThrownBy(() -> parse(broken))
          .isInstanceOfAny(JsonRefusedException.class, IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> parse("[".repeat(100_000))).isInstanceOf(JsonRefusedException.class);
  }

  /** Whatever bytes come: a file, or one of two refusals. */
  @Test
  void noBytesBreakIt() {
    byte[] good =
        "{\"name\":\"n\",\"services\":[{\"name\":\"a\",\"endpoint\":\"b\"}],\"registrations\":[]}"
            .getBytes(StandardCharsets.UTF_8);
    Random random = new Random(SEED);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        RegistrationFile file = RegistrationFile.parse(new Content(bytes));
        assertThat(StrictJson.read(StrictJson.write(file), RegistrationFile.class))
            .as("seed %d, round %d", SEED, round)
            .isEqualTo(file);
      } catch (JsonRefusedException | IllegalArgumentException refused) {
        assertThat(refused.getMessage()).isNotNull();
      }
    }
  }

  @Test
  void paymentsAreClaimedOrNot() {
    String claim =
        """
        {"proofOfPayment": {"fromAddress": "0x%s", "toAddress": "eip155:1:0x%s", "chainId": %s,
         "txHash": "0x%s"}}""";
    for (String chain : new String[] {"1", "\"1\"", "\"eip155:1\""}) {
      assertThat(payment(claim.formatted("11".repeat(20), "22".repeat(20), chain, "33".repeat(32))))
          .isInstanceOf(FeedbackFile.Payment.Claimed.class);
    }
    assertThat(payment("{}")).isEqualTo(new FeedbackFile.Payment.None());
    assertThat(payment("{\"proofOfPayment\": null}")).isEqualTo(new FeedbackFile.Payment.None());
    for (String senseless : new String[] {"5", "{}", "[]", "\"0x\""}) {
      assertThat(payment("{\"proofOfPayment\": " + senseless + "}"))
          .isEqualTo(new FeedbackFile.Payment.Senseless());
    }
    assertThat(payment(claim.formatted("11", "22", "1", "33")))
        .isEqualTo(new FeedbackFile.Payment.Senseless());
    assertThatThrownBy(() -> payment("[]")).isInstanceOf(IllegalArgumentException.class);
  }

  private static FeedbackFile.Payment payment(String json) {
    return FeedbackFile.parse(content(json)).payment();
  }

  private static RegistrationFile parse(String json) {
    return RegistrationFile.parse(content(json));
  }

  private static Content content(String json) {
    return new Content(json.getBytes(StandardCharsets.UTF_8));
  }
}
