package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.earnest.cli.command.AgentChanges.Change;
import org.earnest.cli.command.AgentChanges.Place;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AgentChangesTest {
  private final AgentChanges changes = new AgentChanges();

  @Test
  void theFirstLookIsNoChangeAndTheSameAgainNeither() {
    assertThat(changes.since(new Place(0, 10), List.of(agent(1, 5, 0, "0xa")))).isEmpty();
    assertThat(changes.since(new Place(0, 11), List.of(agent(1, 5, 0, "0xa")))).isEmpty();
  }

  @Test
  void saysWhatIsOtherAndWhatItWas() {
    changes.since(new Place(0, 10), List.of(agent(1, 5, 0, "0xa")));
    assertThat(changes.since(new Place(0, 12), List.of(agent(1, 5, 3, "0xb"))))
        .extracting(Change::line)
        .containsExactly("block 12  agent 1  changed  feedbackCount 0 -> 3, owner 0xa -> 0xb");
  }

  @Test
  void tellsTheNewFromTheLongSilent() {
    changes.since(new Place(0, 10), List.of());
    assertThat(
            changes.since(new Place(0, 12), List.of(agent(1, 5, 0, "0xa"), agent(2, 11, 0, "0xb"))))
        .extracting(Change::what)
        .containsExactly("active", "registered");
  }

  @Test
  void aReorganisationComesBeforeWhatItChangedBack() {
    changes.since(new Place(0, 10), List.of(agent(1, 5, 3, "0xa")));
    List<Change> back = changes.since(new Place(1, 12), List.of(agent(1, 5, 2, "0xa")));
    assertThat(back).extracting(Change::what).containsExactly("reorganisation", "changed");
    assertThat(back.getFirst().line()).contains("REORGANISATION");
    assertThat(changes.since(new Place(1, 11), List.of(agent(1, 5, 2, "0xa"))))
        .as("a chain that is behind is another one")
        .extracting(Change::what)
        .containsExactly("reorganisation");
    assertThat(changes.since(new Place(1, 12), List.of(agent(1, 5, 2, "0xa")))).isEmpty();
  }

  @Test
  void anAgentMayBeUndone() {
    changes.since(new Place(0, 10), List.of(agent(1, 9, 0, "0xa")));
    assertThat(changes.gone(new Place(1, 10)))
        .extracting(Change::what)
        .containsExactly("reorganisation", "gone");
    assertThat(changes.gone(new Place(1, 11))).isEmpty();
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
