package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.earnest.cli.command.AgentChanges.Change;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AgentChangesTest {
  private final AgentChanges changes = new AgentChanges();

  @Test
  void whatIsAsItWasIsNoChange() {
    changes.begin(10, List.of(agent(1, 5, 0, "0xa")));
    assertThat(changes.seen(11, agent(1, 5, 0, "0xa"), 11)).isEmpty();
  }

  @Test
  void saysWhatIsOtherAndWhatItWas() {
    changes.begin(10, List.of(agent(1, 5, 0, "0xa")));
    assertThat(changes.seen(12, agent(1, 5, 3, "0xb"), 11))
        .map(Change::line)
        .contains("block 12  agent 1  changed  feedbackCount 0 -> 3, owner 0xa -> 0xb");
  }

  @Test
  void tellsTheNewFromTheLongSilent() {
    changes.begin(10, List.of());
    assertThat(changes.seen(12, agent(1, 5, 0, "0xa"), 12)).map(Change::what).contains("active");
    assertThat(changes.seen(12, agent(2, 11, 0, "0xb"), 11))
        .map(Change::what)
        .contains("registered");
  }

  @Test
  void knowsWhoWasToldOfAboveABlock() {
    changes.begin(10, List.of(agent(1, 5, 0, "0xa"), agent(2, 5, 0, "0xa")));
    changes.seen(12, agent(2, 5, 1, "0xa"), 12);
    changes.seen(13, agent(2, 5, 1, "0xa"), 0);
    assertThat(changes.toldAbove(11)).containsExactly("eip155:1:0xregistry:2");
    assertThat(changes.toldAbove(12)).isEmpty();
    assertThat(changes.reorganised(11).line())
        .isEqualTo(
            "block 11  REORGANISATION: blocks were taken back, and what they said with them");
  }

  @Test
  void anAgentMayBeUndoneOnce() {
    changes.begin(10, List.of(agent(1, 9, 0, "0xa")));
    assertThat(changes.gone(8, "eip155:1:0xregistry:1")).map(Change::what).contains("gone");
    assertThat(changes.gone(8, "eip155:1:0xregistry:1")).isEmpty();
    changes.reorganised(8);
    assertThat(changes.seen(9, agent(1, 9, 0, "0xa"), 9)).map(Change::what).contains("registered");
  }

  @Test
  void forgetsThoseThatWereSeenLongAgo() {
    changes.begin(10, List.of(agent(0, 5, 0, "0xa")));
    for (int other = 1; other <= AgentChanges.MOST_KNOWN; other++) {
      changes.seen(12, agent(other, 5, 0, "0xa"), 12);
    }
    assertThat(changes.all()).hasSize(AgentChanges.MOST_KNOWN);
    assertThat(changes.seen(13, agent(0, 5, 0, "0xa"), 13)).map(Change::what).contains("active");
  }

  private static JsonNode agent(int number, int since, int feedback, String owner) {
    return JsonMapper.shared()
        .readTree(
            """
            {"agentId": "eip155:1:0xregistry:%d", "owner": "%s", "registeredBlock": %d,
             "standing": {"feedbackCount": %d, "lastActiveBlock": %d}}
            """
                .formatted(number, owner, since, feedback, since + feedback));
  }
}
